import type { Bridge, LaunchResult, Problem, RowsChanged, SyncStatus } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';
import type { Sort } from '$lib/table/columns';
import { OrganizationsState } from './organizations.svelte';
import { PanelState } from './panel.svelte';
import { SyncState } from './sync.svelte';

/**
 * Everything that belongs to one account. Changing accounts makes a new one,
 * so that nothing of the other can show, however late an answer comes.
 */
export class AccountScope {
  readonly accountId: string;
  readonly organizations: OrganizationsState;
  readonly sync: SyncState;
  readonly panel: PanelState;
  readonly #bridge: Bridge;

  constructor(accountId: string, bridge: Bridge, sort: () => Sort) {
    this.accountId = accountId;
    this.#bridge = bridge;
    this.organizations = new OrganizationsState(accountId, bridge, sort);
    this.sync = new SyncState(accountId, bridge);
    this.panel = new PanelState(accountId, bridge);
  }

  /** Shows what is cached; nothing waits for the network. */
  async load(): Promise<void> {
    await Promise.all([this.organizations.load(), this.sync.load()]);
  }

  applyRows(changed: RowsChanged): void {
    if (changed.accountId !== this.accountId) return;
    this.organizations.apply(changed);
    const open = this.panel.openId;
    if (open !== null && changed.rows.some((row) => row.id === open)) void this.panel.refresh();
  }

  applySync(status: SyncStatus): void {
    this.sync.apply(status);
  }

  /** Opens an organization's console in the browser. */
  async launch(orgId: string): Promise<LaunchResult | Problem> {
    try {
      return await this.#bridge.organizations.launch(this.accountId, orgId);
    } catch (error) {
      return problemFrom(error);
    }
  }

  /** Puts an organization's id on the clipboard; null, or why that failed. */
  async copyId(orgId: string): Promise<Problem | null> {
    try {
      await this.#bridge.organizations.copyId(this.accountId, orgId);
      return null;
    } catch (error) {
      return problemFrom(error);
    }
  }

  dispose(): void {
    this.sync.dispose();
  }
}
