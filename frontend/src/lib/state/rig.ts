import { vi } from 'vitest';
import { FakeProgram } from '$lib/bridge/fake';
import type { Row } from '$lib/bridge/types';
import { madeUpRows } from '$lib/table/search_bench';
import { AppState } from './app.svelte';

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
