import type { Administrator } from '$lib/bridge/types_roster';
import { fold, searchWords } from '$lib/table/fold';

/** Whether all words of a search are in an administrator's name, e-mail or role. */
export function matchesPerson(person: Administrator, search: string): boolean {
  const text = fold(`${person.firstName} ${person.lastName} ${person.email} ${person.roleName}`);
  return searchWords(search).every((word) => text.includes(word));
}
