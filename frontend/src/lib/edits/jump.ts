import type { Row } from '$lib/bridge/types';
import type { Entry } from '$lib/table/row_index';

/** How many organizations are offered at a time. */
const MOST = 50;

export interface JumpTarget {
  id: string;
  row: Row;
  /** Whether it was opened or launched lately. */
  recent: boolean;
}

/** What the switcher searches in: everything of one account. */
export interface Searched {
  find(search: string, most: number): readonly Entry[];
  matches(id: string, search: string): Row | undefined;
}

/** Where a person may want to go: what was opened lately leads, then what begins with the search. */
export function jumpTargets(
  organizations: Searched,
  recent: readonly string[],
  search: string,
): JumpTarget[] {
  const lately: JumpTarget[] = [];
  for (const id of recent) {
    const row = organizations.matches(id, search);
    if (row) lately.push({ id, row, recent: true });
  }
  const known = new Set(lately.map((target) => target.id));
  const others = organizations.find(search, MOST + known.size).filter((entry) => !known.has(entry.id));
  return [...lately, ...others.map(({ id, row }) => ({ id, row, recent: false }))].slice(0, MOST);
}
