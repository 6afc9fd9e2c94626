import type { Account, Bridge, Problem, SessionInfo } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';
import { isMac } from '$lib/keys/shortcuts';
import { AccountScope } from './account.svelte';
import { Announcer } from './announcer.svelte';
import { Clock } from './clock.svelte';
import { EditActions } from './edit_actions';
import { EditsState } from './edits.svelte';
import { LogoActions } from './logo_actions';
import { News } from './news';
import { OrganizationActions } from './organization_actions';
import { SettingsState } from './settings.svelte';
import { Toasts } from './toasts.svelte';

export type DialogName =
  | 'settings'
  | 'shortcuts'
  | 'log-out'
  | 'new-key'
  | 'add'
  | 'import'
  | 'logo'
  | 'remove-logo'
  | 'logo-batch'
  | 'switch'
  | 'removal'
  | 'add-account'
  | 'rename-account'
  | 'key-health';

/** The whole of the page's state: the session, and the scope of the account that is shown. */
export class AppState {
  session = $state.raw<SessionInfo | null>(null);
  /** Why the program could not start. */
  failure = $state.raw<Problem | null>(null);
  scope = $state.raw<AccountScope | null>(null);
  dialog = $state<DialogName | null>(null);
  /** What is searched for in the quick switcher, also before it is there to be typed in. */
  jumpSearch = $state('');

  /** Whether the account switcher takes the focus when it is drawn anew. */
  switcherTakesFocus = false;

  readonly account: Account | null = $derived(
    this.session?.accounts.find((account) => account.id === this.scope?.accountId) ?? null,
  );
  readonly mac = $derived(isMac(this.session?.platform ?? ''));

  readonly announcer = new Announcer();
  readonly toasts = new Toasts();
  readonly clock: Clock;
  readonly settings: SettingsState;
  readonly actions: OrganizationActions;
  readonly edits: EditActions;
  readonly logos: LogoActions;
  readonly news: News;
  readonly bridge: Bridge;
  /** The drafts of each account, which outlive its being shown. */
  readonly #drafts = new Map<string, EditsState>();
  #pulls = 0;
  #noticed = new Set<string>();
  #rowsReported = false;

  constructor(bridge: Bridge, now: () => number = Date.now) {
    this.bridge = bridge;
    this.clock = new Clock(now);
    this.settings = new SettingsState(bridge, this.toasts);
    this.actions = new OrganizationActions(this);
    this.edits = new EditActions(this);
    this.logos = new LogoActions(this);
    this.news = new News(this);
  }

  /** Listens first, then asks: no change can fall between. The result ends it. */
  start(): () => void {
    const ends = [
      this.bridge.on('session', (session) => this.#adopt(session)),
      this.bridge.on('sync', (status) => this.scope?.applySync(status)),
      this.bridge.on('rows', (changed) => this.scope?.applyRows(changed)),
      this.bridge.on('import', (status) => this.edits.importChanged(status)),
      this.bridge.on('logos', (batch) => this.logos.batchChanged(batch)),
      this.bridge.on('logo-plan', (progress) => this.scope?.logoBatch.lookedAt(progress)),
      this.clock.start(),
    ];
    void this.settings.load();
    void this.refresh();
    return () => {
      for (const end of ends) end();
      this.scope?.dispose();
    };
  }

  /** Asks for the session. */
  async refresh(): Promise<void> {
    const pull = ++this.#pulls;
    try {
      const session = await this.bridge.session.state();
      if (pull === this.#pulls) this.#adopt(session);
    } catch (error) {
      if (this.session === null && pull === this.#pulls) this.failure = problemFrom(error);
    }
  }

  /** Signs in; null, or the refusal. The key is not kept here. */
  signIn(region: string, apiKey: string): Promise<Problem | null> {
    return this.#changeSession(() => this.bridge.session.signIn(region, apiKey));
  }

  exploreDemo(): Promise<Problem | null> {
    return this.#changeSession(() => this.bridge.session.exploreDemo());
  }

  select(accountId: string): Promise<Problem | null> {
    return this.#changeSession(() => this.bridge.session.select(accountId));
  }

  /** Shows an account that was picked from the switcher, which takes the focus again there. */
  async pick(accountId: string): Promise<void> {
    if (accountId === this.scope?.accountId) return;
    this.switcherTakesFocus = true;
    const problem = await this.select(accountId);
    if (problem) {
      this.switcherTakesFocus = false;
      this.toasts.problem(problem);
    } else if (this.account?.id === accountId) this.announcer.say(`Showing ${this.account.label}`);
  }

  rename(accountId: string, label: string): Promise<Problem | null> {
    return this.#changeSession(() => this.bridge.session.rename(accountId, label));
  }

  /** Takes a new key for exactly this account. */
  async replaceKey(accountId: string, apiKey: string): Promise<Problem | null> {
    const problem = await this.#changeSession(() => this.bridge.session.replaceKey(accountId, apiKey));
    if (problem === null) this.#drafts.get(accountId)?.keyReplaced();
    return problem;
  }

  async signOut(accountId: string, erase: boolean): Promise<Problem | null> {
    const problem = await this.#changeSession(() => this.bridge.session.signOut(accountId, erase));
    if (problem === null) this.#forget(accountId);
    return problem;
  }

  /** Tells the program, once, that the list has been painted, and with how many organizations. */
  rowsPainted(rows: number): void {
    if (this.#rowsReported) return;
    this.#rowsReported = true;
    // It is a measurement; the window works without it.
    this.bridge.shell.firstRows(rows).catch(() => undefined);
  }

  async #changeSession(change: () => Promise<unknown>): Promise<Problem | null> {
    try {
      await change();
    } catch (error) {
      return problemFrom(error);
    }
    await this.refresh();
    return null;
  }

  /** Shows the accounts as they are, unless a newer state is shown already. */
  #adopt(session: SessionInfo): void {
    if (this.session !== null && session.revision < this.session.revision) return;
    this.session = session;
    this.failure = null;
    // What was told of one account is not shown beside another's organizations.
    if (this.scope !== null && session.currentAccountId !== this.scope.accountId) this.toasts.clear();
    for (const notice of session.notices ?? []) {
      const known = `${notice.code} ${notice.message}`;
      if (this.#noticed.has(known)) continue;
      this.#noticed.add(known);
      this.toasts.problem(notice, [{ label: 'Understood', run: () => undefined }]);
    }
    for (const id of [...this.#drafts.keys()])
      if (!session.accounts.some((account) => account.id === id)) this.#forget(id);
    const current = session.currentAccountId;
    if (current === (this.scope?.accountId ?? '')) return;
    this.scope?.dispose();
    this.dialog = null;
    this.jumpSearch = '';
    this.announcer.say('');
    this.scope = current === '' ? null : this.#open(current);
    // The launch address is that of the account's region.
    if (this.scope !== null) void this.settings.load();
  }

  #open(accountId: string): AccountScope {
    const edits = this.#drafts.get(accountId) ?? new EditsState(accountId, this.bridge);
    this.#drafts.set(accountId, edits);
    const scope = new AccountScope(accountId, this.bridge, () => this.settings.sort, edits);
    // What is told names organizations: not before they are there.
    void scope.load().then(() => scope === this.scope && this.news.shown(accountId));
    return scope;
  }

  /** Drops what was typed and not sent in an account that is left. */
  #forget(accountId: string): void {
    this.#drafts.delete(accountId);
    this.news.forget(accountId);
  }
}
