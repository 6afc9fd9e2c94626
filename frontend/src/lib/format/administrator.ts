import type { Administrator, AdministratorsList, Reading } from '$lib/bridge/types_roster';
import { day } from './time';

/** A person's name, or the e-mail where none is told; the id where neither is. */
export function personName(person: Pick<Administrator, 'id' | 'email' | 'firstName' | 'lastName'>): string {
  return `${person.firstName} ${person.lastName}`.trim() || person.email || person.id;
}

/** Why an administrator needs a look, in words. */
export function warningWords(warning: string, person: Administrator): string {
  switch (warning) {
    case 'no_mfa':
      return 'No MFA';
    case 'key_expiring':
      return `API key expires ${day(person.keyExpiresAt)}`;
    case 'key_expired':
      return `API key expired ${day(person.keyExpiresAt)}`;
    case 'suspended_linked':
      return 'Suspended but has access';
    default:
      return warning;
  }
}

/** The API key of an administrator in words. */
export function keyWords(person: Administrator): string {
  if (!person.apiKeySet) return person.apiKeyAllowed ? 'No key set' : 'API access is off';
  const name = person.keyPrefix ? `Key set (${person.keyPrefix}…)` : 'Key set';
  return person.keyExpiresAt > 0 ? `${name}, until ${day(person.keyExpiresAt)}` : `${name}, no expiry told`;
}

/** How many organizations somebody may enter, in words. */
export function reachWords(organizations: number | null | undefined, all: boolean, listed: number): string {
  if (organizations === null || organizations === undefined) return '—';
  return all ? `All ${listed}` : `${organizations} of ${listed}`;
}

/**
 * When the administrators and whom each may enter were last read: as old as the oldest part, and
 * not read where a part was not. The people alone are read for the panel, and after each change.
 */
export function readingWithAccess(list: Pick<AdministratorsList, 'reading' | 'administrators'>): Reading {
  const oldest = list.administrators.reduce((at, row) => Math.min(at, row.access.at), list.reading.at);
  return { ...list.reading, at: oldest };
}
