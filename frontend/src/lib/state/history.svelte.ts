import type { Bridge, Problem } from '$lib/bridge/types';
import type { ActivityLine, ActivityQuery } from '$lib/bridge/types_roster';
import { problemFrom } from '$lib/errors/normalise';

/** How many lines come at once. */
const PAGE = 100;
/** How long a search has to rest before it is asked for, in milliseconds. */
const REST = 200;

/** What happened to one organization, or to the whole account where orgId is empty; newest first. */
export class HistoryState {
  lines = $state.raw<readonly ActivityLine[]>([]);
  /** Whether it was read. */
  loaded = $state(false);
  /** Whether there are older lines. */
  more = $state(false);
  loading = $state(false);
  problem = $state.raw<Problem | null>(null);
  text = $state('');
  /** "orgdeck", "sync", or empty for both. */
  source = $state('');
  /** One kind, or empty for all. */
  kind = $state('');

  readonly #accountId: string;
  readonly #orgId: string;
  readonly #bridge: Bridge;
  #request = 0;
  #next = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(accountId: string, orgId: string, bridge: Bridge) {
    this.#accountId = accountId;
    this.#orgId = orgId;
    this.#bridge = bridge;
  }

  /** What is asked for; it also says what an export holds. */
  query(beforeId = 0): ActivityQuery {
    const kinds = this.kind === '' ? [] : [this.kind];
    return { beforeId, limit: PAGE, kinds, source: this.source, text: this.text.trim() };
  }

  /** Reads the newest lines that pass. */
  load(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#read(0);
  }

  /** Reads anew once the typing rests. */
  searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), REST);
  }

  /** Adds the next older lines. */
  async older(): Promise<void> {
    if (this.more && !this.loading) await this.#read(this.#next);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#request++;
  }

  async #read(beforeId: number): Promise<void> {
    const request = ++this.#request;
    this.loading = true;
    try {
      const page = await this.#bridge.history.activities(this.#accountId, this.#orgId, this.query(beforeId));
      if (request !== this.#request) return;
      if (page.accountId !== this.#accountId || page.organizationId !== this.#orgId) return;
      this.lines = beforeId === 0 ? page.lines : [...this.lines, ...page.lines];
      this.#next = page.nextBeforeId;
      this.more = page.nextBeforeId !== 0;
      this.problem = null;
      this.loaded = true;
    } catch (error) {
      if (request === this.#request) this.problem = problemFrom(error);
    } finally {
      if (request === this.#request) this.loading = false;
    }
  }
}
