import type { Row } from './types';
import type {
  ActivityLine,
  Administrator,
  AdministratorOutcome,
  Invoice,
  InvoiceList,
  OrganizationAdministrators,
  RosterBridge,
  UsageRow,
} from './types_roster';

export function fakeAdministrator(id: string, more: Partial<Administrator> = {}): Administrator {
  return {
    id,
    email: `${id}@northwind.example`,
    firstName: '',
    lastName: '',
    roleName: 'Administrator',
    local: false,
    self: false,
    multiFactor: true,
    suspended: false,
    apiKeyAllowed: false,
    apiKeySet: false,
    registered: 'yes',
    keyPrefix: '',
    keyCreatedAt: 0,
    keyExpiresAt: 0,
    warnings: [],
    protected: '',
    ...more,
  };
}

/** Who may do what, what is billed and what happened, of a program in memory. */
export class FakeRoster implements RosterBridge {
  /** Seconds; when everything here was read, and 0 for never. */
  at = 1_790_000_000;
  people: Administrator[] = [];
  /** Ids of the administrators that may enter an organization. */
  readonly links = new Map<string, Set<string>>();
  readonly locals = new Map<string, Administrator[]>();
  cannotManage = '';
  noAccess = '';
  bills: Invoice[] = [];
  lines: ActivityLine[] = [];
  /** What the next change comes to, other than done. */
  outcome: Partial<AdministratorOutcome> = {};
  readonly #rows: (accountId: string) => Row[];
  readonly #log: string[];

  constructor(rows: (accountId: string) => Row[], log: string[]) {
    this.#rows = rows;
    this.#log = log;
  }

  #reading() {
    return { state: this.at === 0 ? 'never' : 'known', at: this.at, deniedAt: 0 };
  }

  #of(accountId: string, organizationId: string): OrganizationAdministrators {
    const linked = this.links.get(organizationId) ?? new Set<string>();
    return {
      accountId,
      organizationId,
      access: this.people.filter((person) => linked.has(person.id)),
      accessReading: this.#reading(),
      local: this.locals.get(organizationId) ?? [],
      localReading: this.#reading(),
      others: this.people.filter((person) => !linked.has(person.id)),
      cannotManage: this.cannotManage,
    };
  }

  #provider(accountId: string) {
    const listed = this.#rows(accountId).filter((row) => !row.goneAt);
    const organizationIds = listed.map((row) => row.id);
    const administrators = this.people.map((administrator) => {
      const indexes = organizationIds.flatMap((id, i) =>
        this.links.get(id)?.has(administrator.id) ? [i] : [],
      );
      const all = indexes.length === organizationIds.length;
      return {
        administrator: { ...administrator, organizations: indexes.length },
        all,
        indexes: all ? [] : indexes,
        access: this.#reading(),
      };
    });
    const roles = ['Administrator With Billing', 'Administrator', 'Help Desk', 'Billing Only', 'Read Only'];
    return {
      accountId,
      administrators,
      reading: this.#reading(),
      organizationIds,
      roles,
      cannotManage: this.cannotManage,
      failed: 0,
    };
  }

  #outcome(accountId: string, organizationId: string, id: string, message: string): AdministratorOutcome {
    const administrator = this.people.find((person) => person.id === id) ?? fakeAdministrator(id);
    const done = {
      accountId,
      organizationId,
      administrator,
      organizations: 1,
      message,
      hint: '',
      failed: [],
    };
    return { ...done, state: 'applied', ...this.outcome };
  }

  readonly administrators: RosterBridge['administrators'] = {
    read: async (accountId, orgId) => this.#of(accountId, orgId),
    refresh: async (accountId, orgId) => this.#of(accountId, orgId),
    readProvider: async (accountId) => this.#provider(accountId),
    refreshProvider: async (accountId) => this.#provider(accountId),
    previewDeletion: async (accountId, id) => ({
      accountId,
      administrator: this.people.find((person) => person.id === id) ?? fakeAdministrator(id),
      organizationIds: [...this.links].filter(([, linked]) => linked.has(id)).map(([org]) => org),
      refused: this.people.find((person) => person.id === id)?.protected ?? '',
    }),
    takeAccess: async (accountId, orgId, id) => {
      this.#log.push(`take access ${orgId} ${id}`);
      if (!this.outcome.state) this.links.get(orgId)?.delete(id);
      return this.#outcome(accountId, orgId, id, 'The access was taken away.');
    },
    giveAccess: async (accountId, orgId, id) => {
      this.#log.push(`give access ${orgId} ${id}`);
      this.links.set(orgId, new Set([...(this.links.get(orgId) ?? []), id]));
      return this.#outcome(accountId, orgId, id, 'The access was given.');
    },
    remove: async (accountId, id, typedEmail) => {
      this.#log.push(`delete ${id} ${typedEmail}`);
      const outcome = this.#outcome(accountId, '', id, 'The administrator was deleted.');
      this.people = this.people.filter((person) => person.id !== id);
      return outcome;
    },
    create: async (accountId, wanted) => {
      this.#log.push(`create ${wanted.email} ${wanted.access} ${wanted.organizationIds.join(' ')}`.trim());
      const { email, firstName, lastName, roleName } = wanted;
      this.people = [...this.people, fakeAdministrator(email, { email, firstName, lastName, roleName })];
      return this.#outcome(accountId, '', email, 'The administrator was added.');
    },
  };

  #usage(row: Row, i: number): UsageRow {
    const users = row.users.value ?? 0;
    const named = { organizationId: row.id, organizationName: row.name, users: row.users };
    return {
      ...named,
      maxSystemUsers: i % 3 === 2 ? undefined : Math.ceil(users * (i % 4 === 1 ? 0.95 : 1.3) + 1),
      highWaterMark: row.users.at === 0 ? undefined : users + (i % 5),
      markSince: this.at,
      markAt: this.at,
      billingModel: 'PER_USER',
      products: [{ name: 'Platform', code: 'JCPLAT', committedUsers: users, maxUsers: 0, pricePerUser: 9 }],
      estimate: i % 6 === 5 ? undefined : users * 9,
      detailsAt: this.at,
      detailsDenied: false,
    };
  }

  #bills(accountId: string): InvoiceList {
    const denied = this.noAccess !== '';
    const reading = { ...this.#reading(), ...(denied ? { state: 'no_access', deniedAt: this.at } : {}) };
    return {
      accountId,
      reading,
      invoices: denied ? [] : this.bills,
      totals: denied
        ? []
        : [
            {
              currency: 'USD',
              invoices: 3,
              billed: '1620.50',
              paid: '1200.50',
              owed: '420.00',
              unreadable: 0,
            },
          ],
      noAccess: this.noAccess,
      grantors: denied ? ['morgan@northwind.example'] : [],
    };
  }

  readonly billing: RosterBridge['billing'] = {
    organizationUsage: async (accountId, orgId) => {
      const rows = this.#rows(accountId);
      const place = rows.findIndex((row) => row.id === orgId);
      const row = this.#usage(rows[place] as Row, place);
      const month = { month: '2026-11', users: row.highWaterMark ?? 0, since: this.at, at: this.at };
      return { accountId, month: '2026-11', row, marks: [month, { ...month, month: '2026-10', users: 170 }] };
    },
    usage: async (accountId) => {
      const listed = this.#rows(accountId).filter((row) => !row.goneAt);
      const rows = listed.map((row, i) => this.#usage(row, i));
      const sum = (of: (row: UsageRow) => number) => rows.reduce((total, row) => total + of(row), 0);
      const totals = {
        organizations: rows.length,
        users: sum((row) => row.users.value ?? 0),
        usersUnknown: 0,
        highWaterMark: sum((row) => row.highWaterMark ?? 0),
        marksUnknown: 0,
        overCap: 2,
        nearCap: 4,
        estimate: sum((row) => row.estimate ?? 0),
        estimatesUnknown: 1,
      };
      return { accountId, month: '2026-11', rows, totals };
    },
    invoices: async (accountId) => this.#bills(accountId),
    refreshInvoices: async (accountId) => this.#bills(accountId),
    saveInvoice: async (accountId, id) => {
      this.#log.push(`save invoice ${id}`);
      return { accountId, path: `/home/sam/Documents/invoice-${id}.pdf`, rows: 0 };
    },
    exportUsage: async (accountId) => ({ accountId, path: '/home/sam/Documents/usage.csv', rows: 26 }),
    exportInvoices: async (accountId) => ({ accountId, path: '/home/sam/Documents/invoices.csv', rows: 12 }),
    openSaved: async (_, path) => void this.#log.push(`open ${path}`),
  };

  readonly history: RosterBridge['history'] = {
    activities: async (accountId, organizationId, query) => {
      const found = this.lines.filter(
        (line) =>
          (organizationId === '' || line.organizationId === organizationId) &&
          (query.beforeId === 0 || line.id < query.beforeId) &&
          (query.source === '' || line.source === query.source) &&
          (query.kinds.length === 0 || query.kinds.includes(line.kind)) &&
          JSON.stringify(line).toLowerCase().includes(query.text.toLowerCase()),
      );
      const limit = query.limit || 100;
      const lines = found.slice(0, limit);
      const nextBeforeId = found.length > limit ? (lines.at(-1)?.id ?? 0) : 0;
      return { accountId, organizationId, lines, nextBeforeId };
    },
    export: async (accountId) => ({ accountId, path: '/home/sam/Documents/activity.csv', rows: 12 }),
  };
}
