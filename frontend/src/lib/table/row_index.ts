import type { Figure, Row } from '$lib/bridge/types';
import type { ColumnId, Sort } from './columns';
import { fold, searchWords } from './fold';

/** One organization, with what searching and sorting it needs. Never changed, only replaced. */
export interface Entry {
  readonly id: string;
  readonly row: Row;
  /** Its name and id, folded. */
  readonly haystack: string;
  /** Its place among all, by name. */
  readonly rank: number;
}

/**
 * Every organization of one account, held so that a keystroke costs one pass
 * of substring tests: names are folded and collated once, when they change.
 */
export class RowIndex {
  readonly #collator: Intl.Collator;
  #named: Entry[] = [];
  #places = new Map<string, number>();
  #sorted: { sort: Sort; entries: readonly Entry[] } | null = null;

  constructor(locale?: string) {
    this.#collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'variant' });
  }

  get size(): number {
    return this.#named.length;
  }

  get(id: string): Row | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#named[place]?.row;
  }

  /** How many rows are so. */
  count(so: (row: Row) => boolean): number {
    return this.#named.reduce((sum, entry) => (so(entry.row) ? sum + 1 : sum), 0);
  }

  /** The first row, by name, that is so. */
  first(so: (row: Row) => boolean): Row | undefined {
    return this.#named.find((entry) => so(entry.row))?.row;
  }

  /** The row of an id, if it matches a search. */
  matches(id: string, search: string): Row | undefined {
    const place = this.#places.get(id);
    const entry = place === undefined ? undefined : this.#named[place];
    return entry && searchWords(search).every((word) => entry.haystack.includes(word))
      ? entry.row
      : undefined;
  }

  /** The first organizations that match a search, by name; those whose name begins with it lead. */
  find(search: string, most: number): readonly Entry[] {
    const words = searchWords(search);
    const start = words.join(' ');
    const leading: Entry[] = [];
    const others: Entry[] = [];
    for (const entry of this.#named) {
      if (!words.every((word) => entry.haystack.includes(word))) continue;
      if (entry.haystack.startsWith(start)) leading.push(entry);
      else if (others.length < most) others.push(entry);
      if (leading.length >= most) break;
    }
    return [...leading, ...others].slice(0, most);
  }

  /** Forgets all and takes rows in no particular order. */
  replaceAll(rows: readonly Row[]): void {
    const latest = new Map(rows.map((row) => [row.id, row]));
    this.#rebuild([...latest.values()].map((row) => entryOf(row)).sort(this.#byName));
  }

  /** Takes rows that are new or differ from what is held. */
  merge(rows: readonly Row[]): void {
    const moved = new Map<string, Row>();
    const named = this.#named.slice();
    for (const row of rows) {
      const place = this.#places.get(row.id);
      const held = place === undefined ? undefined : named[place];
      if (place !== undefined && held !== undefined && held.row.name === row.name) {
        named[place] = { ...held, row };
      } else {
        moved.set(row.id, row);
      }
    }
    if (moved.size === 0) {
      this.#named = named;
      this.#sorted = null;
      return;
    }
    const stayed = named.filter((entry) => !moved.has(entry.id));
    const added = [...moved.values()].map((row) => entryOf(row)).sort(this.#byName);
    this.#rebuild(this.#mergeSorted(stayed, added));
  }

  /** The organizations that match a search, sorted. The result is not to be changed. */
  query(sort: Sort, search: string): readonly Entry[] {
    const sorted = this.#inOrder(sort);
    const words = searchWords(search);
    const [only] = words;
    if (only === undefined) return sorted;
    if (words.length === 1) return sorted.filter((entry) => entry.haystack.includes(only));
    return sorted.filter((entry) => words.every((word) => entry.haystack.includes(word)));
  }

  readonly #byName = (a: Entry, b: Entry): number => {
    const [left, right] = [a.row.name.trim(), b.row.name.trim()];
    // Those without a name come last: there is nothing to look for them by.
    if (left === '' || right === '') {
      return left === right ? compareText(a.id, b.id) : left === '' ? 1 : -1;
    }
    return this.#collator.compare(left, right) || compareText(a.id, b.id);
  };

  #rebuild(entries: Entry[]): void {
    this.#named = entries.map((entry, rank) => (entry.rank === rank ? entry : { ...entry, rank }));
    this.#places = new Map(this.#named.map((entry, rank) => [entry.id, rank]));
    this.#sorted = null;
  }

  /** Merges with few comparisons where one side is short: collation is what costs. */
  #mergeSorted(stayed: Entry[], added: Entry[]): Entry[] {
    const merged: Entry[] = [];
    let from = 0;
    for (const entry of added) {
      let low = from;
      let high = stayed.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const candidate = stayed[middle];
        if (candidate !== undefined && this.#byName(candidate, entry) < 0) low = middle + 1;
        else high = middle;
      }
      for (; from < low; from++) merged.push(stayed[from] as Entry);
      merged.push(entry);
    }
    for (; from < stayed.length; from++) merged.push(stayed[from] as Entry);
    return merged;
  }

  #inOrder(sort: Sort): readonly Entry[] {
    const held = this.#sorted;
    if (held && held.sort.column === sort.column && held.sort.descending === sort.descending) {
      return held.entries;
    }
    const entries = this.#sortBy(sort);
    this.#sorted = { sort, entries };
    return entries;
  }

  #sortBy(sort: Sort): readonly Entry[] {
    if (sort.column === 'name' || sort.column === 'logo') {
      if (!sort.descending) return this.#named.slice();
      const nameless = this.#named.findIndex((entry) => entry.row.name.trim() === '');
      const end = nameless < 0 ? this.#named.length : nameless;
      return [...this.#named.slice(0, end).reverse(), ...this.#named.slice(end)];
    }
    const keys = this.#named.map((entry) => sortKey(entry.row, sort.column));
    const sign = sort.descending ? -1 : 1;
    return this.#named.slice().sort((a, b) => {
      const left = keys[a.rank] as number;
      const right = keys[b.rank] as number;
      // What is not known is at the end in both directions; equals stay in the order of names.
      if (left !== right) {
        if (left === UNKNOWN) return 1;
        if (right === UNKNOWN) return -1;
        return (left - right) * sign;
      }
      return a.rank - b.rank;
    });
  }
}

const UNKNOWN = Number.POSITIVE_INFINITY;

function entryOf(row: Row): Entry {
  return { id: row.id, row, haystack: `${fold(row.name)}\n${row.id}`, rank: -1 };
}

function sortKey(row: Row, column: ColumnId): number {
  if (column === 'remoteAssist')
    return row.remoteAssist === 'on' ? 0 : row.remoteAssist === 'off' ? 1 : UNKNOWN;
  if (column === 'users' || column === 'devices' || column === 'applications') return known(row[column]);
  return UNKNOWN;
}

function known(figure: Figure): number {
  return figure.value ?? UNKNOWN;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
