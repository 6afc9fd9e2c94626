import type { Account, Row } from '$lib/bridge/types';
import type { EditField } from './fields';

const WITH_BILLING = 'Administrator With Billing';
const readers = ['Read Only', 'Billing Only'];

/** Why nothing can be asked of JumpCloud just now, to read or to change; empty where it can. */
export function whyNotNow(account: Account | null, offline: boolean): string {
  if (account?.keyState === 'refused') return 'JumpCloud refused this key. Enter the new key first.';
  if (account?.keyState !== 'ready') return 'No key is on this computer. Enter it first.';
  return offline ? 'JumpCloud cannot be reached. What was read stays readable; sync to try again.' : '';
}

/** Why a field of an organization cannot be changed; empty where it can, or where nothing speaks against it. */
export function cannotEdit(account: Account | null, offline: boolean, row: Row, field: EditField): string {
  const general = whyNotNow(account, offline);
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
  return account?.cannotAdd || whyNotNow(account, offline);
}
