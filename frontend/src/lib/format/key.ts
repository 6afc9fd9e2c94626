import type { Account } from '$lib/bridge/types';
import { age, day } from './time';

const DAY = 24 * 60 * 60;
/** How many days before its end a key is warned of. */
const WARNING = 30;

type Key = Pick<Account, 'keyState' | 'keyExpiresAt'>;

/** How long a key is good yet: told by JumpCloud, in Unix seconds, 0 where it does not tell. */
export function keyEnd(
  expiresAt: number,
  now: number,
): { words: string; state: 'fine' | 'soon' | 'expired' } {
  if (expiresAt === 0) return { words: 'JumpCloud tells no end', state: 'fine' };
  if (expiresAt <= now) return { words: `Expired on ${day(expiresAt)}`, state: 'expired' };
  const days = Math.floor((expiresAt - now) / DAY);
  const left = days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
  return { words: `${left} left, until ${day(expiresAt)}`, state: days <= WARNING ? 'soon' : 'fine' };
}

/** How an account's key is, in a few words. */
export function keyStateWords(key: Key, now: number): string {
  switch (key.keyState) {
    case 'missing':
      return 'No key on this computer';
    case 'refused':
      return 'Key refused';
    case 'checking':
      return 'Looking for the key';
  }
  const end = keyEnd(key.keyExpiresAt, now);
  return end.state === 'fine' ? 'Key ready' : `Key: ${end.words}`;
}

/** How old a key is, in words. */
export function keyAge(createdAt: number, now: number): string {
  return createdAt === 0 ? 'JumpCloud does not tell' : `Made ${age(createdAt, now)}`;
}

const rights: ReadonlyMap<string, string> = new Map([
  ['read_provider', 'Read your provider'],
  ['list_organizations', 'List organizations'],
  ['add_organizations', 'Add organizations'],
  ['read_administrators', 'See administrators'],
  ['read_invoices', 'See invoices'],
]);

/** A right in words. */
export function rightWords(name: string): string {
  return rights.get(name) ?? name.replaceAll('_', ' ');
}
