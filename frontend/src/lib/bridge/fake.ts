import type { Account, Bridge, BridgeEvents, Details, Row, SessionInfo, Settings, SyncStatus } from './types';
import { FakeEdits } from './fake_edits';
import { FakeLogos } from './fake_logos';
import { FakeRoster } from './fake_roster';
import { fakeHealth } from './fake_health';
import { rejection } from './rejection';

type Listeners = { [K in keyof BridgeEvents]: Set<(payload: BridgeEvents[K]) => void> };

export { rejection };

export function fakeAccount(id: string, more: Partial<Account> = {}): Account {
  return {
    id,
    label: 'Northwind MSP',
    region: 'us',
    regionName: 'United States',
    consoleHost: 'console.jumpcloud.com',
    demo: false,
    email: 'sam@northwind.example',
    roleName: 'Administrator With Billing',
    keyState: 'ready',
    keyPrefix: 'jca_',
    keyCreatedAt: 0,
    keyExpiresAt: 0,
    keyInSessionOnly: false,
    cannotAdd: '',
    lastSyncAt: 0,
    ...more,
  };
}

export function fakeStatus(accountId: string, more: Partial<SyncStatus> = {}): SyncStatus {
  return {
    accountId,
    revision: 0,
    state: 'never',
    phase: 'finished',
    organizations: 0,
    done: 0,
    failed: 0,
    changed: 0,
    added: 0,
    gone: 0,
    perSecond: 0,
    startedAt: 0,
    finishedAt: 0,
    listingComplete: true,
    failures: [],
    online: true,
    lastCompleteAt: 0,
    ...more,
  };
}

/** A program in memory: for unit tests, and for looking at the page without Go. */
export class FakeProgram implements Bridge {
  info: SessionInfo = {
    revision: 0,
    version: '0.1.0',
    platform: 'linux',
    regions: [
      { code: 'us', name: 'United States', consoleHost: 'console.jumpcloud.com' },
      { code: 'eu', name: 'Europe', consoleHost: 'console.eu.jumpcloud.com' },
      { code: 'in', name: 'India', consoleHost: 'console.in.jumpcloud.com' },
    ],
    accounts: [],
    currentAccountId: '',
    keychain: { available: true, message: '' },
    notices: [],
    simulated: false,
  };
  kept: Settings = {
    sortColumn: 'name',
    sortDescending: false,
    columns: [],
    region: 'us',
    launchTemplate: 'https://{consoleHost}/?orgId={orgId}',
    defaultLaunchTemplate: 'https://{consoleHost}/?orgId={orgId}',
    launchHintDismissed: false,
    singleKeyShortcuts: true,
  };
  /** That of the newest event. */
  revision = 0;
  readonly rows = new Map<string, Row[]>();
  readonly statuses = new Map<string, SyncStatus>();
  readonly extra = new Map<string, Partial<Details>>();
  /** Every call that changed or opened something, in words. */
  readonly log: string[] = [];
  readonly roster = new FakeRoster((accountId) => this.rows.get(accountId) ?? [], this.log);
  administrators = this.roster.administrators;
  billing = this.roster.billing;
  history = this.roster.history;
  readonly editing = new FakeEdits({
    row: (accountId, orgId) => this.rows.get(accountId)?.find((row) => row.id === orgId),
    rows: (accountId) => this.rows.get(accountId) ?? [],
    keep: (accountId, row, extra) => {
      this.extra.set(row.id, { ...this.extra.get(row.id), ...extra });
      this.#keep(accountId, row);
    },
    tell: (status) => this.emit('import', status),
    log: this.log,
    revision: () => this.revision,
  });
  edits = this.editing.calls;
  readonly pictures = new FakeLogos({
    row: (accountId, orgId) => this.rows.get(accountId)?.find((row) => row.id === orgId),
    keep: (accountId, row) => this.#keep(accountId, row),
    tell: (batch) => this.emit('logos', batch),
    log: this.log,
    revision: () => this.revision,
  });
  logos = this.pictures.calls;
  /** What signing in does; by default it makes account "a1" the current one. */
  onSignIn: (region: string, apiKey: string) => string = () => 'a1';
  readonly #listeners: Listeners = {
    session: new Set(),
    sync: new Set(),
    rows: new Set(),
    import: new Set(),
    logos: new Set(),
    'logo-plan': new Set(),
    drop: new Set(),
  };

  on<K extends keyof BridgeEvents>(event: K, listener: (payload: BridgeEvents[K]) => void): () => void {
    this.#listeners[event].add(listener);
    return () => this.#listeners[event].delete(listener);
  }

  emit<K extends keyof BridgeEvents>(event: K, payload: BridgeEvents[K]): void {
    this.deliver(event, { ...payload, revision: ++this.revision });
  }

  /** Lets an event arrive as it is, as one that was sent at another time. */
  deliver<K extends keyof BridgeEvents>(event: K, payload: BridgeEvents[K]): void {
    for (const listener of this.#listeners[event]) listener(payload);
  }

  /** Makes an account the current one, adding it where it is new. */
  become(account: Account | null): void {
    const others = this.info.accounts.filter((other) => other.id !== account?.id);
    const accounts = account ? [...others, account] : others;
    this.info = { ...this.info, accounts, currentAccountId: account?.id ?? '' };
  }

  #keep(accountId: string, row: Row): void {
    const others = (this.rows.get(accountId) ?? []).filter((other) => other.id !== row.id);
    this.rows.set(accountId, [...others, row]);
    this.emit('rows', { accountId, revision: 0, rows: [row] });
  }

  #change(accountId: string, part: Partial<Account>): void {
    const accounts = this.info.accounts.map((account) =>
      account.id === accountId ? { ...account, ...part } : account,
    );
    this.info = { ...this.info, accounts };
    this.emit('session', this.info);
  }

  session = {
    state: async () => ({ ...this.info, revision: this.revision }),
    signIn: async (region: string, apiKey: string) => {
      const id = this.onSignIn(region, apiKey);
      this.become(fakeAccount(id, { region }));
      return id;
    },
    exploreDemo: async () => {
      this.become(fakeAccount('demo', { demo: true, label: 'Demo provider' }));
      return 'demo';
    },
    select: async (accountId: string) => {
      this.info = { ...this.info, currentAccountId: accountId };
    },
    signOut: async (accountId: string, erase: boolean) => {
      this.log.push(`sign out ${accountId}${erase ? ' and erase' : ''}`);
      const accounts = this.info.accounts.filter((account) => account.id !== accountId);
      this.info = { ...this.info, accounts, currentAccountId: '' };
    },
    rename: async (accountId: string, label: string) => this.#change(accountId, { label }),
    replaceKey: async (accountId: string, apiKey: string) => {
      if (apiKey.includes('other'))
        throw rejection('invalid_input', 'This key is of another provider. Nothing was kept.');
      this.#change(accountId, { keyState: 'ready' });
    },
    keyHealth: async (accountId: string) => {
      const account = this.info.accounts.find((candidate) => candidate.id === accountId);
      if (!account) throw rejection('not_found');
      return fakeHealth(account);
    },
  };

  organizations = {
    list: async (accountId: string) => ({
      accountId,
      revision: this.revision,
      rows: this.rows.get(accountId) ?? [],
    }),
    details: async (accountId: string, orgId: string): Promise<Details> => {
      const row = this.rows.get(accountId)?.find((candidate) => candidate.id === orgId);
      if (!row) throw rejection('not_found');
      const created = Number.parseInt(orgId.slice(0, 8), 16);
      const more = {
        contactName: '',
        contactEmail: '',
        capKnown: true,
        detailsDenied: false,
        ...this.extra.get(orgId),
      };
      return { accountId, row, created, ...more };
    },
    launch: async (accountId: string, orgId: string) => {
      const name = this.rows.get(accountId)?.find((row) => row.id === orgId)?.name ?? '';
      this.log.push(`launch ${orgId}`);
      const url = `https://console.jumpcloud.com/?orgId=${orgId}`;
      return { organizationId: orgId, organizationName: name, url, nameCopied: true };
    },
    copyId: async (_: string, orgId: string) => void this.log.push(`copy ${orgId}`),
  };

  sync = {
    start: async (accountId: string) => void this.log.push(`sync ${accountId}`),
    cancel: async (accountId: string) => void this.log.push(`cancel ${accountId}`),
    status: async (accountId: string) => ({
      ...(this.statuses.get(accountId) ?? fakeStatus(accountId)),
      revision: this.revision,
    }),
    setVisible: async (_: string, orgIds: string[]) => void this.log.push(`visible ${orgIds.join(' ')}`),
  };

  shell = {
    firstRows: async (rows: number) => void this.log.push(`first rows ${rows}`),
    openLink: async (url: string) => void this.log.push(`link ${url}`),
    settings: async () => this.kept,
    saveSettings: async (settings: Settings) => (this.kept = settings),
    previewLaunch: async (_: string, template: string) => {
      if (!template.startsWith('https://')) {
        throw rejection('invalid_input', 'A launch address begins with https://. Nothing was changed.');
      }
      const url = template
        .replace('{consoleHost}', 'console.jumpcloud.com')
        .replace('{orgId}', '624d9eae6849cf3b3f93dc56');
      return { url };
    },
    copyText: async (text: string) => {
      this.log.push(`clipboard ${text}`);
      return true;
    },
  };
}
