import type { Problem } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';

interface Owned {
  accountId: string;
  organizationId?: string;
}

/** The two ways to a list: what is cached, and what JumpCloud says when it is asked. */
export interface ReaderSource<T extends Owned> {
  cached: () => Promise<T>;
  fresh: () => Promise<T>;
}

/**
 * One list that is shown from the cache at once and then asked for anew. It
 * belongs to one account, and to one organization where the list names one:
 * answers for another, and answers that a newer one overtook, are dropped.
 */
export class Reader<T extends Owned> {
  value = $state.raw<T | null>(null);
  /** Why the newest reading failed; what was read before stays. */
  problem = $state.raw<Problem | null>(null);
  /** Whether JumpCloud is being asked. */
  refreshing = $state(false);
  readonly #owner: Owned;
  readonly #source: ReaderSource<T>;
  #request = 0;

  constructor(owner: Owned, source: ReaderSource<T>) {
    this.#owner = owner;
    this.#source = source;
  }

  /** Shows the cache, and then what JumpCloud says if that is wanted. */
  async open(wantsFresh: (value: T | null) => boolean): Promise<void> {
    await this.load();
    if (wantsFresh(this.value)) await this.refresh();
  }

  async load(): Promise<void> {
    await this.#read(this.#source.cached);
  }

  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    const { overtaken, problem } = await this.#read(this.#source.fresh);
    if (overtaken) {
      // The cache was read meanwhile, as after a change. By now it has what JumpCloud said, and the change.
      await this.load();
      if (problem) this.problem = problem;
    }
    this.refreshing = false;
  }

  /** Reads, and shows what came of it unless a newer reading overtook it. */
  async #read(read: () => Promise<T>): Promise<{ overtaken: boolean; problem: Problem | null }> {
    const request = ++this.#request;
    let problem: Problem | null = null;
    try {
      const value = await read();
      if (request === this.#request && this.#mine(value)) {
        this.value = value;
        this.problem = null;
      }
    } catch (error) {
      problem = problemFrom(error);
      if (request === this.#request) this.problem = problem;
    }
    return { overtaken: request !== this.#request, problem };
  }

  #mine(value: T): boolean {
    const { accountId, organizationId } = this.#owner;
    return value.accountId === accountId && value.organizationId === organizationId;
  }
}
