import type { FakeProgram } from '../src/lib/bridge/fake';
import { fakeAdministrator } from '../src/lib/bridge/fake_roster';
import type { ActivityLine } from '../src/lib/bridge/types_roster';

const now = Math.floor(Date.now() / 1000);
const day = 86400;
const first = [
  'Sam',
  'Morgan',
  'Riley',
  'Ana',
  'Noor',
  'Jesse',
  'Kim',
  'Lucía',
  'Tomás',
  'Wei',
  'Ola',
  'Ira',
];
const last = ['Lee', 'Vale', 'Okafor', 'Silva', 'Haddad', 'Brandt', 'Novák', 'Rossi', 'Duarte', 'Chen'];
const roles = ['Administrator', 'Help Desk', 'Manager', 'Administrator With Billing', 'Read Only'];

/** Fills a made-up program with administrators, invoices and a history. */
export function addRoster(program: FakeProgram, state: string): void {
  const roster = program.roster;
  roster.at = now - 240;
  roster.people = Array.from({ length: 37 }, (_, i) => {
    const [given, family] = [first[i % first.length] ?? '', last[(i * 7) % last.length] ?? ''];
    return fakeAdministrator(`64a1d93c00000000000000${(i + 16).toString(16)}`, {
      email: `${given}.${family}${i > 11 ? i : ''}@northwind.example`
        .toLowerCase()
        .normalize('NFKD')
        .replace(/\p{M}/gu, ''),
      firstName: given,
      lastName: family,
      roleName: roles[i % roles.length] ?? '',
      self: i === 0,
      multiFactor: i % 6 !== 4,
      suspended: i === 5,
      registered: i === 8 ? 'no' : i === 9 ? 'unknown' : 'yes',
      apiKeyAllowed: i % 2 === 0,
      apiKeySet: i % 4 === 0,
      keyPrefix: i % 4 === 0 ? 'jca_' : '',
      keyCreatedAt: now - 200 * day,
      keyExpiresAt: i === 4 ? now + 9 * day : i % 4 === 0 ? now + 160 * day : 0,
      warnings: [
        ...(i % 6 === 4 ? ['no_mfa'] : []),
        ...(i === 4 ? ['key_expiring'] : []),
        ...(i === 5 ? ['suspended_linked'] : []),
      ],
      protected: i === 0 ? 'This is you: the API key in use belongs to this administrator.' : '',
    });
  });
  const rows = program.rows.get('a1') ?? [];
  rows.forEach((row, i) => {
    const linked = roster.people.filter((_, p) => p < 2 || (p * 7 + i * 3) % 5 === 0).map((one) => one.id);
    roster.links.set(row.id, new Set(linked));
    const local = { local: true, email: `it${i}@client.example`, firstName: 'Robin', lastName: 'Vale' };
    roster.locals.set(row.id, [fakeAdministrator(`local${i}`, { ...local, multiFactor: i % 2 === 0 })]);
  });
  const bill = { currency: 'USD', overdue: false };
  roster.bills = [
    {
      ...bill,
      id: 'in_2026_11',
      dueAt: now + 8 * day,
      billed: '420.00',
      paid: '0.00',
      owed: '420.00',
      status: 'Open',
    },
    {
      ...bill,
      id: 'in_2026_10',
      dueAt: now - 22 * day,
      billed: '800.50',
      paid: '400.50',
      owed: '400.00',
      status: 'Partially Paid',
      overdue: true,
    },
    {
      ...bill,
      id: 'in_2026_09',
      dueAt: now - 52 * day,
      billed: '400.00',
      paid: '400.00',
      owed: '0.00',
      status: 'Paid',
    },
  ];
  const line = (id: number, kind: string, more: Partial<ActivityLine>): ActivityLine => ({
    id,
    organizationId: rows[id % 5]?.id ?? '',
    organizationName: rows[id % 5]?.name ?? '',
    at: now - (200 - id) * 1900,
    kind,
    source: 'orgdeck',
    actor: 'sam@northwind.example',
    before: '',
    after: '',
    logoBefore: '',
    logoAfter: '',
    result: 'ok',
    ...more,
  });
  roster.lines = [
    line(200, 'logo_changed', {
      organizationId: rows[0]?.id ?? '',
      organizationName: rows[0]?.name ?? '',
      logoBefore: rows[0]?.logo ?? '',
      logoAfter: rows[2]?.logo ?? '',
    }),
    line(199, 'organization_renamed', {
      organizationId: rows[0]?.id ?? '',
      organizationName: rows[0]?.name ?? '',
      before: 'Acme Dental',
      after: 'Acme Dental Group',
    }),
    line(198, 'remote_assist_changed', {
      organizationId: rows[0]?.id ?? '',
      organizationName: rows[0]?.name ?? '',
      before: 'off',
      after: 'on',
      result: 'not_applied',
    }),
    line(197, 'users_changed', { source: 'sync', actor: '', before: '182', after: '186' }),
    line(196, 'access_taken', { before: 'riley.silva@northwind.example' }),
    line(195, 'administrator_added', {
      source: 'sync',
      actor: '',
      organizationId: '',
      organizationName: '',
      after: 'wei.chen@northwind.example',
    }),
    line(194, 'user_cap_changed', { before: '200', after: '250' }),
    line(193, 'contact_email_changed', { after: 'it@acmedental.example', result: 'forbidden' }),
    ...Array.from({ length: 40 }, (_, i) =>
      line(190 - i, i % 3 === 0 ? 'launch' : 'users_changed', {
        source: i % 3 === 0 ? 'orgdeck' : 'sync',
        before: i % 3 === 0 ? '' : String(40 + i),
        after: i % 3 === 0 ? '' : String(41 + i),
      }),
    ),
  ];
  if (state === 'helpdesk') {
    roster.cannotManage =
      'Only an Administrator With Billing can change administrators. Your role is Help Desk.';
    roster.noAccess = 'The role Help Desk may not read invoices. An Administrator With Billing can grant it.';
  }
}
