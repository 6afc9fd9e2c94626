import type { Account } from '$lib/bridge/types';
import type { AccountScope } from './account.svelte';

/** Why nothing can be asked of JumpCloud now; empty where it can. */
export function whyNotNow(scope: AccountScope, account: Account | null): string {
  if (account?.keyState === 'refused') return 'JumpCloud refused this key. Enter the new key first.';
  if (account && account.keyState !== 'ready') return 'No key is on this computer. Enter it first.';
  return scope.sync.offline ? 'JumpCloud cannot be reached. What was read stays readable.' : '';
}
