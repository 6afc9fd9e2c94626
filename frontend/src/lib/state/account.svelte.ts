import type { Bridge, LaunchResult, Problem, RowsChanged, SyncStatus } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';
import type { Sort } from '$lib/table/columns';
import { AdministratorsState } from './administrators.svelte';
import type { EditsState } from './edits.svelte';
import { ImportState } from './import.svelte';
import type { LogoState } from './logo.svelte';
import { LogoBatchState } from './logo_batch.svelte';
import { OrganizationsState } from './organizations.svelte';
import { PanelState } from './panel.svelte';
import { SyncState } from './sync.svelte';

/** The pages of the program. */
export type PageName = 'organizations' | 'administrators' | 'billing' | 'activity';

/** How many organizations the quick switcher remembers. */
const RECENT = 20;

/**
 * Everything that belongs to one account. Changing accounts makes a new one,
 * so that nothing of the other can show, however late an answer comes.
 */
export class AccountScope {
  readonly accountId: string;
  page = $state<PageName>('organizations');
  readonly organizations: OrganizationsState;
  readonly sync: SyncState;
  readonly panel: PanelState;
  readonly administrators: AdministratorsState;
  readonly edits: EditsState;
  readonly imports: ImportState;
  /** The organization's logo that a dialog is about. */
  logo = $state.raw<LogoState | null>(null);
  readonly logoBatch: LogoBatchState;
  /** Ids of the organizations that were opened or launched here, newest first. */
  recent = $state.raw<readonly string[]>([]);
  #recentLoaded = false;
  readonly #bridge: Bridge;

  /** edits are the account's own, which may be older than this. */
  constructor(accountId: string, bridge: Bridge, sort: () => Sort, edits: EditsState) {
    this.accountId = accountId;
    this.#bridge = bridge;
    this.organizations = new OrganizationsState(accountId, bridge, sort);
    this.sync = new SyncState(accountId, bridge);
    this.panel = new PanelState(accountId, bridge, (id) => this.#remember(id));
    this.edits = edits;
    this.imports = new ImportState(accountId, bridge);
    this.logoBatch = new LogoBatchState(accountId, bridge);
    this.administrators = new AdministratorsState(accountId, bridge);
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
    this.#remember(orgId);
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

  /** Adds those that the history says were launched before. */
  async loadRecent(): Promise<void> {
    if (this.#recentLoaded) return;
    this.#recentLoaded = true;
    const query = { beforeId: 0, limit: 100, kinds: ['launch'], source: 'orgdeck', text: '' };
    try {
      const { accountId, lines } = await this.#bridge.history.activities(this.accountId, '', query);
      if (accountId !== this.accountId) return;
      const launched = lines.map((line) => line.organizationId).filter((id) => id !== '');
      this.recent = [...new Set([...this.recent, ...launched])].slice(0, RECENT);
    } catch {
      // Without it the list begins with what was opened in this window.
      this.#recentLoaded = false;
    }
  }

  #remember(id: string): void {
    this.recent = [id, ...this.recent.filter((other) => other !== id)].slice(0, RECENT);
  }

  dispose(): void {
    this.sync.dispose();
    this.logo?.dispose();
  }
}
