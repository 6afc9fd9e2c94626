import type { Entry } from './row_index';
import { OVERSCAN, type Viewport } from './window';

/** One row element and what it shows; place is -1 while it is a hidden spare. */
export interface Slot {
  key: number;
  place: number;
  entry: Entry;
}

/** The key of the row that is kept painted out of sight because it holds the focus. */
const PINNED = -1;

/** How many rows can ever be painted at once in a viewport. */
export function capacityOf(viewport: Viewport): number {
  return Math.ceil(viewport.height / viewport.rowHeight) + 1 + 2 * OVERSCAN;
}

/**
 * Deals rows out to row elements. An element is used again for whichever row
 * comes to its place, and kept hidden while there are fewer rows: building
 * rows anew is what would make a keystroke of a search slow. Elements are in
 * the order of the rows they show.
 */
export class SlotDealer {
  readonly #last = new Map<number, Entry>();

  deal(entries: readonly Entry[], start: number, end: number, active: number, capacity: number): Slot[] {
    const slots: Slot[] = [];
    const pinned = entries[active];
    const above = pinned !== undefined && active < start;
    const below = pinned !== undefined && active >= end;
    if (above) slots.push({ key: PINNED, place: active, entry: pinned });
    const used = new Set<number>();
    for (let place = start; place < end; place++) {
      const entry = entries[place];
      if (entry === undefined) break;
      const key = place % capacity;
      used.add(key);
      this.#last.set(key, entry);
      slots.push({ key, place, entry });
    }
    if (below) slots.push({ key: PINNED, place: active, entry: pinned });
    for (const [key, entry] of this.#last) {
      if (key >= capacity) this.#last.delete(key);
      else if (!used.has(key)) slots.push({ key, place: -1, entry });
    }
    return slots;
  }
}
