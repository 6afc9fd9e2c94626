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

  load(): Promise<void> {
    return this.#read(this.#source.cached);
  }

  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    await this.#read(this.#source.fresh);
    this.refreshing = false;
  }

  async #read(read: () => Promise<T>): Promise<void> {
    const request = ++this.#request;
    try {
      const value = await read();
      if (request !== this.#request || !this.#mine(value)) return;
      this.value = value;
      this.problem = null;
    } catch (error) {
      if (request === this.#request) this.problem = problemFrom(error);
    }
  }

  #mine(value: T): boolean {
    const { accountId, organizationId } = this.#owner;
    return value.accountId === accountId && value.organizationId === organizationId;
  }
}
