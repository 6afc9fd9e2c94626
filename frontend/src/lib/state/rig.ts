import { vi } from 'vitest';
import { FakeProgram } from '$lib/bridge/fake';
import type { Bridge, Row } from '$lib/bridge/types';
import { madeUpRows } from '$lib/table/search_bench';
import type { AccountScope } from './account.svelte';
import { AppState } from './app.svelte';
import { HistoryState } from './history.svelte';
import { Reader } from './reader.svelte';

/** An answer that a test gives when it wants to. */
export function later<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

/** Lets everything happen that waits for no time to pass; the timers must be fake. */
export const settled = () => vi.advanceTimersByTimeAsync(0);

/** Rows with these names. */
export function named(rows: Row[], ...names: string[]): Row[] {
  return names.map((name, i) => ({ ...(rows[i] as Row), name }));
}

/** The page's state before a program that has organizations of the accounts a1 and b1. */
export class Rig {
  readonly rows = madeUpRows(20);
  readonly program = new FakeProgram();
  app!: AppState;
  #stop: (() => void) | undefined;

  constructor() {
    vi.useFakeTimers();
    this.program.rows.set('a1', named(this.rows, 'Acme', 'Barlow'));
    this.program.rows.set('b1', named(this.rows.slice(5), 'Zeta'));
  }

  start(): AppState {
    this.app = new AppState(this.program);
    this.#stop = this.app.start();
    return this.app;
  }

  /** Ends what start began. */
  stop(): void {
    this.#stop?.();
  }

  /** Ends it all, and the fake timers. */
  end(): void {
    this.stop();
    vi.useRealTimers();
  }
}

/** What a page or a tab of the panel reads for itself. */
interface Screen {
  load: () => void;
  shows: () => unknown;
}
const screens = new WeakMap<AccountScope, Screen[]>();

/** The pages and tabs of an account: made anew with each scope, as the window makes them. */
export function screensOf(scope: AccountScope, bridge: Bridge): Screen[] {
  const { accountId } = scope;
  const read = (cached: () => Promise<{ accountId: string }>): Screen => {
    const reader = new Reader<{ accountId: string }>({ accountId }, { cached, fresh: cached });
    return { load: () => void reader.load(), shows: () => [reader.value, reader.problem] };
  };
  const history = new HistoryState(accountId, '', bridge);
  const made = screens.get(scope) ?? [
    read(() => bridge.billing.usage(accountId)),
    read(() => bridge.billing.invoices(accountId)),
    { load: () => void history.load(), shows: () => [history.lines, history.problem] },
  ];
  screens.set(scope, made);
  return made;
}
