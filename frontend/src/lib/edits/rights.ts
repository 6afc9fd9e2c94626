import type { Account, Row } from '$lib/bridge/types';
import type { EditField } from './fields';

const WITH_BILLING = 'Administrator With Billing';
const readers = ['Read Only', 'Billing Only'];

/** Why nothing can be written with an account just now; empty where it can. */
export function cannotWrite(account: Account | null, offline: boolean): string {
  if (account === null || account.keyState === 'missing') return 'Enter the API key to change anything.';
  if (account.keyState === 'refused')
    return 'JumpCloud refused the key. Enter the new key to change anything.';
  if (offline) return 'JumpCloud cannot be reached. You can read everything; sync to try again.';
  return '';
}

/** Why a field of an organization cannot be changed; empty where it can, or where nothing speaks against it. */
export function cannotEdit(account: Account | null, offline: boolean, row: Row, field: EditField): string {
  const general = cannotWrite(account, offline);
  if (general !== '') return general;
  if (row.goneAt) return 'JumpCloud no longer lists this organization for your provider.';
  const role = account?.roleName ?? '';
  if (readers.includes(role))
    return `The role ${role} may not change organizations. An ${WITH_BILLING} can change your role.`;
  if (field === 'userCap' && role !== '' && role !== WITH_BILLING)
    return `Only an ${WITH_BILLING} can change user caps. Your role is ${role}.`;
  return '';
}

/** Why no organization can be added; empty where it can. */
export function cannotAdd(account: Account | null, offline: boolean): string {
  return account?.cannotAdd || cannotWrite(account, offline);
}
