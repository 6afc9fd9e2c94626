import type { Entry } from './row_index';

/**
 * Which row a key leads to from the one at index; null for a key that does
 * not move. -1 stands for the header.
 */
export function moveFocus(key: string, index: number, count: number, page: number): number | null {
  const last = count - 1;
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(-1, index - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, index) + page);
    case 'PageUp':
      return Math.max(0, index - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The place of an id in a list, -1 where it is not in it. */
export function placeOf(entries: readonly Entry[], id: string | null): number {
  return id === null ? -1 : entries.findIndex((entry) => entry.id === id);
}

/**
 * The row that takes the Tab key after the list changed: the organization that
 * had it, else the one now at its place, else the last.
 */
export function keepFocus(entries: readonly Entry[], id: string | null, lastPlace: number): number {
  const place = placeOf(entries, id);
  return place >= 0 ? place : Math.min(Math.max(0, lastPlace), entries.length - 1);
}
