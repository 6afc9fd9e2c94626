import { describe, expect, test } from 'vitest';
import { fakeAccount } from '$lib/bridge/fake';
import { madeUpRows } from '$lib/table/search_bench';
import { RowIndex } from '$lib/table/row_index';
import type { Row } from '$lib/bridge/types';
import { fieldProblem, nameKey, valueWords } from './fields';
import { jumpTargets } from './jump';
import type { InvoiceList } from '$lib/bridge/types_roster';
import { draftRequest, emptiness, invoiceFinding, mailLink } from './removal';
import { cannotAdd, cannotEdit, whyNotNow } from './rights';
import { MOST_BYTES, readText } from './text_file';

const row = madeUpRows(1)[0] as Row;

describe('fieldProblem', () => {
  test.each([
    ['name', '', false],
    ['name', '   ', false],
    ['name', 'Acme', true],
    ['name', 'é'.repeat(255), true],
    ['name', '🦷'.repeat(255), true],
    ['name', 'x'.repeat(256), false],
    ['name', 'a\u0000b', false],
    ['name', 'a\nb', false],
    ['userCap', '', true],
    ['userCap', ' 12 ', true],
    ['userCap', '0', false],
    ['userCap', '-1', false],
    ['userCap', '+5', false],
    ['userCap', '1.5', false],
    ['userCap', '1,000', false],
    ['userCap', '1e3', false],
    ['userCap', '1000000', true],
    ['userCap', '1000001', false],
    ['contactName', '', true],
    ['contactName', 'x'.repeat(256), false],
    ['contactEmail', '', true],
    ['contactEmail', 'it@acme.example', true],
    ['contactEmail', 'it@acme', false],
    ['contactEmail', 'Robin <it@acme.example>', false],
    ['contactEmail', 'a@b.example, c@d.example', false],
    ['contactEmail', `${'x'.repeat(250)}@a.example`, false],
  ] as const)('%s %j: %j', (field, value, fine) => {
    expect(fieldProblem(field, value) === '').toBe(fine);
  });

  test('names are the same whatever their case and form', () => {
    expect(nameKey(' ÉCOLE ﬁrm')).toBe(nameKey('E\u0301cole firm'));
    expect(nameKey('Acme')).not.toBe(nameKey('Acme 2'));
  });

  test('values in words: unknown is not Off, and no cap is not 0', () => {
    expect(valueWords('remoteAssist', 'unknown')).toBe('not known');
    expect(valueWords('userCap', '')).toBe('no cap');
    expect(valueWords('contactName', '')).toBe('empty');
  });
});

describe('rights', () => {
  const may = fakeAccount('a1');
  test.each([
    ['may', may, false, row, 'name', ''],
    ['offline', may, true, row, 'name', 'cannot be reached'],
    ['no key', fakeAccount('a1', { keyState: 'missing' }), false, row, 'name', 'No key'],
    ['key refused', fakeAccount('a1', { keyState: 'refused' }), false, row, 'name', 'new key'],
    ['gone', may, false, { ...row, goneAt: 5 }, 'name', 'no longer lists'],
    ['reader', fakeAccount('a1', { roleName: 'Read Only' }), false, row, 'contactName', 'Read Only'],
    ['cap', fakeAccount('a1', { roleName: 'Administrator' }), false, row, 'userCap', 'With Billing'],
    ['name', fakeAccount('a1', { roleName: 'Administrator' }), false, row, 'name', ''],
    ['role not told', fakeAccount('a1', { roleName: '' }), false, row, 'userCap', ''],
  ] as const)('%s', (_, account, offline, of, field, words) => {
    const reason = cannotEdit(account, offline, of, field);
    if (words === '') expect(reason).toBe('');
    else expect(reason).toContain(words);
  });

  test.each([
    ['nothing', may, false, ''],
    ['no account', null, false, 'No key'],
    ['no key, whether offline or not', fakeAccount('a1', { keyState: 'missing' }), true, 'No key'],
    [
      'a refused key, whether offline or not',
      fakeAccount('a1', { keyState: 'refused' }),
      true,
      'refused this key',
    ],
    ['offline', may, true, 'cannot be reached'],
  ] as const)('what speaks against asking at all: %s', (_, account, offline, words) => {
    const reason = whyNotNow(account, offline);
    if (words === '') expect(reason).toBe('');
    else expect(reason).toContain(words);
  });

  test('the provider’s or role’s reason comes before being offline', () => {
    expect(cannotAdd(fakeAccount('a1', { cannotAdd: 'Only X may.' }), true)).toBe('Only X may.');
    expect(cannotAdd(may, false)).toBe('');
  });
});

describe('readText', () => {
  const file = (bytes: Uint8Array<ArrayBuffer>, size = bytes.length) => ({
    size,
    arrayBuffer: async () => bytes.buffer,
  });
  const utf8 = (text: string) => file(new TextEncoder().encode(text));

  test('reads UTF-8, also with a byte order mark', async () => {
    expect(await readText(utf8('\ufeffname\nÜber'))).toEqual({ text: 'name\nÜber' });
  });
  test.each([
    ['too large', file(new Uint8Array(1), MOST_BYTES + 1)],
    ['empty', utf8('')],
    ['another encoding', file(new Uint8Array([0x6e, 0xfc, 0x62]))],
    ['UTF-16', file(new Uint8Array([0x6e, 0, 0x61, 0]))],
    ['unreadable', { size: 3, arrayBuffer: () => Promise.reject(new Error('gone')) }],
  ])('refuses what is %s', async (_, bad) => {
    expect(await readText(bad)).toHaveProperty('refusal');
  });
});

describe('removal', () => {
  const account = fakeAccount('a1', { label: 'North & South' });
  test('the mail names organization, id and wish, in a link that holds only those', () => {
    const hostile = { ...row, name: 'A&B\r\nBcc: x@evil.example?\u202e' };
    const { subject, body } = draftRequest(hostile, account, 'keep-active');
    expect(subject).not.toMatch(/[\r\n]/);
    expect(body).toContain(row.id);
    expect(body).toContain('keep the organization itself active');
    const link = new URL(mailLink({ subject, body }));
    expect([...link.searchParams.keys()]).toEqual(['subject', 'body']);
    expect(link.pathname).toBe('support@jumpcloud.com');
    expect(link.searchParams.get('body')).toBe(body);
  });
  test('deleting is another wish', () => {
    expect(draftRequest(row, account, 'delete').body).toContain('delete this organization');
  });
  test('unknown is not empty', () => {
    expect(emptiness({ at: 0 })).toBe('unknown');
    expect(emptiness({ at: 1, value: 0 })).toBe('empty');
    expect(emptiness({ at: 1, value: 2 })).toBe('left');
  });
  test('open invoices are counted, and what cannot be read is not called none', () => {
    const list = (state: string, ...owed: string[]): InvoiceList => ({
      accountId: 'a1',
      reading: { state, at: 1, deniedAt: 0 },
      invoices: owed.map((sum, i) => ({
        id: String(i),
        currency: 'USD',
        dueAt: 1,
        billed: '10.00',
        paid: '0.00',
        owed: sum,
        status: 'Open',
        overdue: i === 0,
      })),
      totals: [],
      noAccess: state === 'no_access' ? 'An Administrator With Billing can read them.' : '',
      grantors: [],
    });
    expect(invoiceFinding(null).state).toBe('unknown');
    expect(invoiceFinding(list('never')).state).toBe('unknown');
    expect(invoiceFinding(list('no_access')).words).toContain('Administrator With Billing');
    expect(invoiceFinding(list('known', '0.00')).state).toBe('empty');
    expect(invoiceFinding(list('known', '5.00', '0.01', '0'))).toEqual({
      state: 'left',
      words: '2 open invoices of the provider (1 overdue): JumpCloud may wait for the payment.',
    });
  });
});

describe('jumpTargets', () => {
  const index = new RowIndex('en');
  index.replaceAll(
    ['Zeta', 'Beta Labs', 'Alpha', 'Labs of Beta'].map((name, i) => ({ ...row, id: `id${i}`, name })),
  );
  const names = (search: string, recent: string[]) =>
    jumpTargets(index, recent, search).map((target) => target.row.name);

  test('recent first, then by name', () => {
    expect(names('', ['id0', 'gone'])).toEqual(['Zeta', 'Alpha', 'Beta Labs', 'Labs of Beta']);
  });
  test('what begins with the search comes before what holds it; recent comes before both', () => {
    expect(names('labs', [])).toEqual(['Labs of Beta', 'Beta Labs']);
    expect(names('labs', ['id1', 'id2'])).toEqual(['Beta Labs', 'Labs of Beta']);
  });
  test('ids are found, and nothing twice', () => {
    expect(names('id2', ['id2'])).toEqual(['Alpha']);
  });
});
