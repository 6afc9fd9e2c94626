import type { Account, KeyHealth } from './types';

/** A key that may do everything but add organizations and read invoices. */
export function fakeHealth(account: Account): KeyHealth {
  const { id, keyState, keyPrefix, keyCreatedAt, keyExpiresAt, email, roleName, region, regionName } =
    account;
  const granted = ['read_provider', 'list_organizations', 'read_administrators'];
  const names = [
    'read_provider',
    'list_organizations',
    'add_organizations',
    'read_administrators',
    'read_invoices',
  ];
  const rights = names.map((name) =>
    granted.includes(name)
      ? { name, state: 'granted', message: '', hint: '' }
      : {
          name,
          state: 'denied',
          message: 'The role of this key’s administrator does not allow it.',
          hint: 'An Administrator With Billing of your provider can change your role.',
        },
  );
  return {
    accountId: id,
    keyState,
    keyPrefix,
    keyCreatedAt,
    keyExpiresAt,
    email,
    roleName,
    region,
    regionName,
    checkedAt: 1_780_000_000,
    rights,
  };
}
