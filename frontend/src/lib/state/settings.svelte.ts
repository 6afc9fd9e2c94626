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

/** What the person chose. A change shows at once and is kept in the background. */
export class SettingsState {
  current = $state.raw<Settings>(untilKnown);
  readonly sort: Sort = $derived(sortOf(this.current.sortColumn, this.current.sortDescending));
  readonly columns = $derived(visibleColumns(this.current.columns));

  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  /** Counts what was asked: the newest answer is the one that holds. */
  #turns = 0;

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  async load(): Promise<void> {
    const turn = ++this.#turns;
    try {
      const settings = await this.#bridge.shell.settings();
      if (turn === this.#turns) this.current = complete(settings);
    } catch (error) {
      this.#toasts.problem(problemFrom(error));
    }
  }

  /** Keeps some choices; true when they were kept. */
  async change(part: Partial<Settings>): Promise<boolean> {
    const turn = ++this.#turns;
    const wanted = { ...this.current, ...part };
    this.current = wanted;
    try {
      const kept = await this.#bridge.shell.saveSettings(wanted);
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
    void this.change({ columns: withColumn(this.current.columns, id, visible) });
  }
}

function complete(settings: Settings): Settings {
  return { ...untilKnown, ...settings, columns: settings.columns ?? [] };
}
