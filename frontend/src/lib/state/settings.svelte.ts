import type { Bridge, Settings } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';
import { nextSort, sortOf, visibleColumns, withColumn, type ColumnId, type Sort } from '$lib/table/columns';
import type { Toasts } from './toasts.svelte';

const untilKnown: Settings = {
  sortColumn: 'name',
  sortDescending: false,
  columns: [],
  region: '',
  launchTemplate: '',
  defaultLaunchTemplate: '',
  launchHintDismissed: false,
  singleKeyShortcuts: true,
};

/** Some choices, or how they follow from those there are. */
type Change = Partial<Settings> | ((from: Settings) => Partial<Settings>);

/** What the person chose. A change shows at once and is kept in the background. */
export class SettingsState {
  current = $state.raw<Settings>(untilKnown);
  readonly sort: Sort = $derived(sortOf(this.current.sortColumn, this.current.sortDescending));
  readonly columns = $derived(visibleColumns(this.current.columns));

  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  /** Counts what was asked: the newest answer is the one that holds. */
  #turns = 0;
  /** Whether what was kept is known: before that, saving would put the defaults in its place. */
  #read = false;
  /** The reading under way. */
  #reading: Promise<void> | null = null;
  /** What was changed before the first answer. */
  #early: Change[] = [];

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  load(): Promise<void> {
    return (this.#reading = this.#load(++this.#turns));
  }

  async #load(turn: number): Promise<void> {
    try {
      const settings = await this.#bridge.shell.settings();
      if (turn !== this.#turns) return;
      this.current = this.#early.reduce(changed, complete(settings));
      this.#early = [];
      this.#read = true;
    } catch (error) {
      this.#toasts.problem(problemFrom(error));
    } finally {
      if (turn === this.#turns) this.#reading = null;
    }
  }

  /** Waits until what was kept is known; false where it cannot be read. */
  async #known(): Promise<boolean> {
    let reading = this.#reading ?? this.load();
    for (;;) {
      await reading;
      if (this.#read || this.#reading === null) return this.#read;
      reading = this.#reading; // another took its place
    }
  }

  /** Keeps some choices; true when they were kept. */
  async change(change: Change): Promise<boolean> {
    this.current = changed(this.current, change);
    if (!this.#read) {
      this.#early.push(change);
      if (!(await this.#known())) return false;
    }
    return this.#save();
  }

  async #save(): Promise<boolean> {
    const turn = ++this.#turns;
    try {
      const kept = await this.#bridge.shell.saveSettings(this.current);
      if (turn === this.#turns) this.current = complete(kept);
      return true;
    } catch (error) {
      this.#toasts.problem(problemFrom(error));
      return false;
    }
  }

  sortBy(column: ColumnId): Sort {
    const sort = nextSort(this.sort, column);
    void this.change({ sortColumn: sort.column, sortDescending: sort.descending });
    return sort;
  }

  showColumn(id: ColumnId, visible: boolean): void {
    void this.change((from) => ({ columns: withColumn(from.columns, id, visible) }));
  }
}

function changed(from: Settings, change: Change): Settings {
  return { ...from, ...(typeof change === 'function' ? change(from) : change) };
}

function complete(settings: Settings): Settings {
  return { ...untilKnown, ...settings, columns: settings.columns ?? [] };
}
