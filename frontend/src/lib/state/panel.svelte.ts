import type { Bridge, Details, Problem } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';

/** Which organization the side panel shows, and what it shows beyond the row. */
export class PanelState {
  readonly accountId: string;
  openId = $state<string | null>(null);
  details = $state.raw<Details | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Whether the panel takes the focus when it opens: not when it was opened with the pointer. */
  takesFocus = false;

  readonly #bridge: Bridge;
  #request = 0;

  constructor(accountId: string, bridge: Bridge) {
    this.accountId = accountId;
    this.#bridge = bridge;
  }

  open(id: string, takesFocus: boolean): void {
    this.takesFocus = takesFocus;
    if (this.openId === id) return;
    this.openId = id;
    this.details = null;
    this.problem = null;
    void this.refresh();
  }

  close(): void {
    this.openId = null;
    this.details = null;
    this.problem = null;
    this.#request++;
  }

  /** Reads the details again, as after its row changed. Late answers for another organization are dropped. */
  async refresh(): Promise<void> {
    const id = this.openId;
    if (id === null) return;
    const request = ++this.#request;
    try {
      const details = await this.#bridge.organizations.details(this.accountId, id);
      if (request !== this.#request || details.accountId !== this.accountId || details.row.id !== id) return;
      this.details = details;
      this.problem = null;
    } catch (error) {
      if (request === this.#request) this.problem = problemFrom(error);
    }
  }
}
