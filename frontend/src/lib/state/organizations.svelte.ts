import type { Bridge, Problem, Row, RowsChanged } from '$lib/bridge/types';
import { nameKey } from '$lib/edits/fields';
import { problemFrom } from '$lib/errors/normalise';
import { keepFocus } from '$lib/table/focus';
import { RowIndex, type Entry } from '$lib/table/row_index';
import type { Sort } from '$lib/table/columns';

/** Every organization of one account, searched and sorted. It never holds another account's. */
export class OrganizationsState {
  readonly accountId: string;
  search = $state('');
  /** Whether the cache has been read. */
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** The organization that takes the Tab key in the grid. */
  activeId = $state<string | null>(null);

  /** The organization whose row is to be shown; whoever shows it takes the wish back. */
  wantedId = $state<string | null>(null);

  readonly #bridge: Bridge;
  readonly #sort: () => Sort;
  readonly #index = new RowIndex();
  #version = $state(0);
  #waiting: RowsChanged[] = [];
  /** The revision of the list, and of what was told of a row since. */
  #listed = 0;
  readonly #told = new Map<string, number>();
  #request = 0;
  #lastPlace = 0;

  readonly entries: readonly Entry[] = $derived.by(() => {
    void this.#version;
    return this.#index.query(this.#sort(), this.search);
  });
  readonly total = $derived.by(() => {
    void this.#version;
    return this.#index.size;
  });
  /** How many are listed today, without those that are gone. */
  readonly listed = $derived.by(() => {
    void this.#version;
    return this.#index.count((row) => !row.goneAt);
  });

  constructor(accountId: string, bridge: Bridge, sort: () => Sort) {
    this.accountId = accountId;
    this.#bridge = bridge;
    this.#sort = sort;
  }

  /** The row of an organization as it is known now. */
  row(id: string): Row | undefined {
    void this.#version;
    return this.#index.get(id);
  }

  /** The first organizations that match, by name: for choosing one, whatever the list shows. */
  find(search: string, most: number): readonly Entry[] {
    void this.#version;
    return this.#index.find(search, most);
  }

  /** An organization, if it matches a search. */
  matches(id: string, search: string): Row | undefined {
    void this.#version;
    return this.#index.matches(id, search);
  }

  /** The organization that is listed under a name already, apart from one. */
  named(name: string, exceptId: string): Row | undefined {
    const wanted = nameKey(name);
    return this.#index.first((row) => row.id !== exceptId && !row.goneAt && nameKey(row.name) === wanted);
  }

  /** Asks for a row to be shown, giving up a search that hides it. */
  reveal(id: string): void {
    if (!this.entries.some((entry) => entry.id === id)) this.searchFor('');
    this.activeId = id;
    this.wantedId = id;
  }

  /** Reads the whole list from the cache. What arrives meanwhile is put on top of it. */
  async load(): Promise<void> {
    const request = ++this.#request;
    try {
      const list = await this.#bridge.organizations.list(this.accountId);
      if (request !== this.#request || list.accountId !== this.accountId) return;
      this.#index.replaceAll(list.rows ?? []);
      this.#listed = list.revision;
      this.problem = null;
      this.loaded = true;
      this.#version++;
      for (const changed of this.#waiting.splice(0)) this.apply(changed);
    } catch (error) {
      if (request === this.#request) this.problem = problemFrom(error);
    }
  }

  /** Takes rows that changed; those of another account are dropped, and those that are older than what is held. */
  apply(changed: RowsChanged): void {
    if (changed.accountId !== this.accountId) return;
    if (!this.loaded) {
      this.#waiting.push(changed);
      return;
    }
    const { revision } = changed;
    const newer = (changed.rows ?? []).filter((row) => revision >= (this.#told.get(row.id) ?? this.#listed));
    for (const row of newer) this.#told.set(row.id, revision);
    this.#index.merge(newer);
    this.#version++;
  }

  /** Shows what an edit of this account came to. The cache has it already, so that a list that is being read does too. */
  put(row: Row): void {
    if (!this.loaded) return;
    this.#index.merge([row]);
    this.#version++;
  }

  /** The place of the row that takes the Tab key; -1 when there is no row. */
  readonly activePlace = $derived(this.#keepPlace(this.entries, this.activeId));

  activate(place: number): void {
    const entry = this.entries[place];
    if (!entry) return;
    this.#lastPlace = place;
    this.activeId = entry.id;
  }

  /** Forgets the place after a search, so that the Tab key leads to the best match. */
  searchFor(text: string): void {
    this.search = text;
    this.#lastPlace = 0;
  }

  #keepPlace(entries: readonly Entry[], id: string | null): number {
    return keepFocus(entries, id, this.#lastPlace);
  }
}
