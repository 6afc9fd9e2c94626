import { beforeEach, describe, expect, test, vi, afterEach } from 'vitest';
import { FakeProgram, fakeStatus } from '$lib/bridge/fake';
import { fakeAdministrator } from '$lib/bridge/fake_roster';
import { rejection } from '$lib/bridge/rejection';
import type { ActivityLine, ActivityList, OrganizationAdministrators } from '$lib/bridge/types_roster';
import { madeUpRows } from '$lib/table/search_bench';
import { AccountScope } from './account.svelte';
import { EditsState } from './edits.svelte';
import { HistoryState } from './history.svelte';
import { Reader } from './reader.svelte';
import { later } from './rig';

const [org, other] = madeUpRows(2).map((row) => row.id) as [string, string];
let program: FakeProgram;

beforeEach(() => {
  program = new FakeProgram();
  program.rows.set('a1', madeUpRows(2));
  program.roster.people = [fakeAdministrator('sam'), fakeAdministrator('riley')];
  program.roster.links.set(org, new Set(['sam', 'riley']));
});

describe('a list that is read', () => {
  const owner = { accountId: 'a1', organizationId: org };
  const read = (id: string, orgId = org) => program.administrators.read(id, orgId);
  const nobody = async (): Promise<OrganizationAdministrators> => ({ ...(await read('a1')), access: [] });

  test('shows the cache at once and then what JumpCloud says', async () => {
    const fresh = later<OrganizationAdministrators>();
    const reader = new Reader(owner, { cached: () => read('a1'), fresh: () => fresh.promise });
    const opened = reader.open(() => true);
    await vi.waitFor(() => expect(reader.refreshing).toBe(true));
    expect(reader.value?.access).toHaveLength(2);
    fresh.resolve(await nobody());
    await opened;
    expect([reader.value?.access.length, reader.refreshing]).toEqual([0, false]);
  });

  test('keeps what was read when asking fails, and says why', async () => {
    const fresh = () => Promise.reject(rejection('offline'));
    const reader = new Reader(owner, { cached: () => read('a1'), fresh });
    await reader.open(() => true);
    expect([reader.value?.access.length, reader.problem?.code, reader.refreshing]).toEqual([
      2,
      'offline',
      false,
    ]);
  });

  test.each([
    ['account', () => read('b1')],
    ['organization', () => read('a1', other)],
  ])('drops an answer for another %s', async (_, cached) => {
    const reader = new Reader(owner, { cached, fresh: cached });
    await reader.load();
    expect(reader.value).toBeNull();
  });

  test('drops an answer that a newer one overtook', async () => {
    const slow = later<OrganizationAdministrators>();
    const answers = [slow.promise, nobody()];
    const cached = () => answers.shift() as Promise<OrganizationAdministrators>;
    const reader = new Reader(owner, { cached, fresh: cached });
    const first = reader.load();
    await reader.load();
    slow.resolve(await read('a1'));
    await first;
    expect(reader.value?.access).toHaveLength(0);
  });

  test('takes what JumpCloud says although the cache was read meanwhile, as when a dialog closes', async () => {
    const fresh = later<OrganizationAdministrators>();
    let cached = await read('a1');
    const reader = new Reader(owner, { cached: async () => cached, fresh: () => fresh.promise });
    const refreshed = reader.refresh();
    await reader.load();
    expect([reader.value?.access.length, reader.refreshing]).toEqual([2, true]);
    // The program keeps what it read before it answers; the cache has what was done since as well.
    cached = await nobody();
    fresh.resolve(await read('a1'));
    await refreshed;
    expect([reader.value?.access.length, reader.refreshing]).toEqual([0, false]);
  });

  test('says why asking failed although the cache was read meanwhile', async () => {
    const fresh = later<OrganizationAdministrators>();
    const reader = new Reader(owner, { cached: () => read('a1'), fresh: () => fresh.promise });
    const refreshed = reader.refresh();
    await reader.load();
    fresh.reject(rejection('offline'));
    await refreshed;
    expect([reader.value?.access.length, reader.problem?.code, reader.refreshing]).toEqual([
      2,
      'offline',
      false,
    ]);
  });

  test('is not asked for twice at a time', async () => {
    const slow = later<OrganizationAdministrators>();
    const fresh = vi.fn(() => slow.promise);
    const reader = new Reader(owner, { cached: () => read('a1'), fresh });
    void reader.refresh();
    await reader.refresh();
    expect(fresh).toHaveBeenCalledTimes(1);
  });
});

describe('acts on administrators', () => {
  const scope = () =>
    new AccountScope(
      'a1',
      program,
      () => ({ column: 'name', descending: false }),
      new EditsState('a1', program),
    );

  test('each does one thing, once', async () => {
    const acts = scope().administrators;
    await acts.takeAccess(org, 'riley');
    await acts.giveAccess(other, 'riley');
    await acts.remove('sam', 'sam@northwind.example');
    expect(program.log).toEqual([
      `take access ${org} riley`,
      `give access ${other} riley`,
      'delete sam sam@northwind.example',
    ]);
  });

  test('a refusal is given back as a problem, and nothing is sent again', async () => {
    const refused = vi.fn(() => Promise.reject(rejection('forbidden', 'Only a billing role may.')));
    program.administrators.takeAccess = refused;
    const result = await scope().administrators.takeAccess(org, 'riley');
    expect(result).toMatchObject({ code: 'forbidden', message: 'Only a billing role may.' });
    expect(refused).toHaveBeenCalledTimes(1);
  });

  test('the count in the navigation is unknown until the list was read', async () => {
    const one = scope();
    program.roster.at = 0;
    await one.administrators.list.load();
    expect(one.administrators.count).toBeNull();
    program.roster.at = 5;
    await one.administrators.list.load();
    expect(one.administrators.count).toBe(2);
  });

  test('a sync that failed for want of a connection says that JumpCloud cannot be asked', () => {
    const one = scope();
    expect(one.sync.offline).toBe(false);
    one.applySync(fakeStatus('a1', { state: 'failed', online: false }));
    expect(one.sync.offline).toBe(true);
  });
});

describe('history', () => {
  const line = (id: number, more: Partial<ActivityLine> = {}): ActivityLine => ({
    id,
    organizationId: org,
    organizationName: 'Acme',
    at: id,
    kind: 'users_changed',
    source: 'sync',
    actor: '',
    before: '1',
    after: '2',
    logoBefore: '',
    logoAfter: '',
    result: 'ok',
    ...more,
  });

  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('pages back to the oldest, each line once', async () => {
    program.roster.lines = Array.from({ length: 250 }, (_, i) => line(250 - i));
    const history = new HistoryState('a1', org, program);
    await history.load();
    expect([history.lines.length, history.more]).toEqual([100, true]);
    await history.older();
    await history.older();
    expect([history.lines.length, history.more]).toEqual([250, false]);
    expect(new Set(history.lines.map((one) => one.id)).size).toBe(250);
  });

  test('a search is asked for once, when the typing rests', async () => {
    program.roster.lines = [line(2, { after: 'riley' }), line(1)];
    const asked = vi.spyOn(program.history, 'activities');
    const history = new HistoryState('a1', '', program);
    for (const text of ['r', 'ri', 'ril']) {
      history.text = text;
      history.searchSoon();
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(history.lines.map((one) => one.id)).toEqual([2]);
  });

  test('drops answers for another account, another organization, and after its end', async () => {
    program.history.activities = async (accountId, _, query) => {
      const wrong = query.text === 'account' ? { accountId: 'b1', organizationId: org } : {};
      return { accountId, organizationId: other, ...wrong, lines: [line(1)], nextBeforeId: 0 };
    };
    const history = new HistoryState('a1', org, program);
    await history.load();
    history.text = 'account';
    await history.load();
    expect(history.lines).toEqual([]);

    const slow = later<ActivityList>();
    program.history.activities = () => slow.promise;
    const pending = history.load();
    history.dispose();
    slow.resolve({ accountId: 'a1', organizationId: org, lines: [line(1)], nextBeforeId: 0 });
    await pending;
    expect(history.lines).toEqual([]);
  });

  test('an export is asked for with the same filters', () => {
    const history = new HistoryState('a1', org, program);
    Object.assign(history, { text: ' riley ', kind: 'access_taken', source: 'orgdeck' });
    expect(history.query()).toMatchObject({ text: 'riley', kinds: ['access_taken'], source: 'orgdeck' });
  });
});
