import type { Bridge, Details, Problem } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';

/** The tabs of the panel, in their order. */
export type PanelTab = 'details' | 'billing' | 'administrators' | 'history';

/** Which organization the side panel shows, and what it shows beyond the row. */
export class PanelState {
  readonly accountId: string;
  openId = $state<string | null>(null);
  /** It stays while organizations change. */
  tab = $state<PanelTab>('details');
  details = $state.raw<Details | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Whether the field of the name is to take the focus; the field takes the wish back. */
  wantsName = $state(false);
  /** Whether the panel takes the focus when it opens: not when it was opened with the pointer. */
  takesFocus = false;

  readonly #bridge: Bridge;
  #request = 0;

  readonly #opened: (id: string) => void;

  /** opened is told of every organization that is opened. */
  constructor(accountId: string, bridge: Bridge, opened: (id: string) => void = () => undefined) {
    this.accountId = accountId;
    this.#bridge = bridge;
    this.#opened = opened;
  }

  open(id: string, takesFocus: boolean): void {
    this.takesFocus = takesFocus;
    this.wantsName = false;
    if (this.openId === id) return;
    this.#opened(id);
    this.openId = id;
    this.details = null;
    this.problem = null;
    void this.refresh();
  }

  close(): void {
    this.openId = null;
    this.wantsName = false;
    this.details = null;
    this.problem = null;
    this.#request++;
  }

  /** Opens an organization with its name ready to be typed over. */
  rename(id: string): void {
    this.open(id, false);
    this.tab = 'details';
    this.wantsName = true;
  }

  /** Takes a value that was read from JumpCloud, then asks for the rest. */
  take(id: string, field: string, value: string): void {
    if (this.openId !== id) return;
    if (this.details?.row.id === id) {
      const most = value === '' ? undefined : Number(value);
      const changed = field === 'userCap' ? { maxSystemUsers: most, capKnown: true } : { [field]: value };
      this.details = { ...this.details, ...changed };
    }
    void this.refresh();
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
