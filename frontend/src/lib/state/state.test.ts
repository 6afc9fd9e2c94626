import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeProgram, fakeAccount, fakeStatus, rejection } from '$lib/bridge/fake';
import type { Row, RowList, SessionInfo } from '$lib/bridge/types';
import type { AppState } from './app.svelte';
import { Rig, later, named, settled } from './rig';

let program: FakeProgram;
let app: AppState;
let rig: Rig;
let rows: Row[];

function start() {
  app = rig.start();
}

const shown = () => app.scope?.organizations.entries.map((entry) => entry.row.name) ?? [];

beforeEach(() => {
  rig = new Rig();
  ({ program, rows } = rig);
});
afterEach(() => rig.end());

describe('start', () => {
  test('nobody signed in: no scope', async () => {
    start();
    await settled();
    expect(app.session?.regions).toHaveLength(3);
    expect(app.scope).toBeNull();
  });

  test('an account: its cached rows at once', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    expect(shown()).toEqual(['Acme', 'Barlow']);
    expect(app.account?.label).toBe('Northwind MSP');
  });

  test('a failed start is told, and mended by the next event', async () => {
    program.session.state = () => Promise.reject(rejection('cache_too_new'));
    start();
    await settled();
    expect(app.failure?.code).toBe('cache_too_new');
    program.become(fakeAccount('a1'));
    program.emit('session', program.info);
    expect(app.failure).toBeNull();
    expect(app.scope?.accountId).toBe('a1');
  });

  test('an event that overtakes the answer wins', async () => {
    const answer = later<SessionInfo>();
    program.session.state = () => answer.promise;
    const old = program.info;
    start();
    program.become(fakeAccount('a1'));
    program.emit('session', program.info);
    answer.resolve(old);
    await settled();
    expect(app.scope?.accountId).toBe('a1');
  });

  test('after it ended, events change nothing', async () => {
    start();
    await settled();
    rig.stop();
    program.become(fakeAccount('a1'));
    program.emit('session', program.info);
    expect(app.scope).toBeNull();
  });

  test('painted rows are reported once', async () => {
    start();
    app.rowsPainted(7);
    app.rowsPainted(9);
    expect(program.log).toEqual(['first rows 7']);
  });
});

describe('signing in', () => {
  test('shows the account', async () => {
    start();
    await settled();
    expect(await app.signIn('eu', 'jca_key')).toBeNull();
    expect(app.account?.region).toBe('eu');
  });

  test('a refusal is given back and nothing changes', async () => {
    program.onSignIn = () => {
      throw rejection('unauthorized', 'The key was refused.');
    };
    start();
    await settled();
    expect((await app.signIn('us', 'x'))?.message).toBe('The key was refused.');
    expect(app.scope).toBeNull();
  });
});

describe('changing accounts', () => {
  test('a late list of the other account is not shown', async () => {
    const slow = later<RowList>();
    const list = program.organizations.list;
    program.organizations.list = (id) => (id === 'a1' ? slow.promise : list(id));
    program.become(fakeAccount('a1'));
    start();
    await settled();
    program.become(fakeAccount('b1'));
    program.emit('session', program.info);
    flushSync();
    expect(shown()).toEqual([]);
    await settled();
    slow.resolve({ accountId: 'a1', revision: 0, rows: program.rows.get('a1') ?? [] });
    await settled();
    expect(shown()).toEqual(['Zeta']);
  });

  test('an answer that names another account is dropped', async () => {
    program.organizations.list = async () => ({
      accountId: 'a1',
      revision: 0,
      rows: program.rows.get('a1') ?? [],
    });
    program.become(fakeAccount('b1'));
    start();
    await settled();
    expect(shown()).toEqual([]);
    expect(app.scope?.organizations.loaded).toBe(false);
  });

  test('events of the other account are dropped', async () => {
    program.become(fakeAccount('b1'));
    start();
    await settled();
    program.emit('rows', { accountId: 'a1', revision: 0, rows: named(rows, 'Intruder') });
    program.emit('sync', fakeStatus('a1', { state: 'running' }));
    expect(shown()).toEqual(['Zeta']);
    expect(app.scope?.sync.running).toBe(false);
  });

  test('search, panel and dialog do not cross over', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    app.scope?.organizations.searchFor('acme');
    app.scope?.panel.open(rows[0]?.id ?? '', false);
    app.dialog = 'new-key';
    program.become(fakeAccount('b1'));
    program.emit('session', program.info);
    expect([app.scope?.organizations.search, app.scope?.panel.openId, app.dialog]).toEqual(['', null, null]);
  });
});

describe('row deltas', () => {
  test('those that overtake the list are put on top of it', async () => {
    const slow = later<RowList>();
    program.organizations.list = () => slow.promise;
    program.become(fakeAccount('a1'));
    start();
    await settled();
    program.emit('rows', { accountId: 'a1', revision: 0, rows: named(rows, 'Acme Dental') });
    slow.resolve({ accountId: 'a1', revision: 0, rows: named(rows, 'Acme', 'Barlow') });
    await settled();
    expect(shown()).toEqual(['Acme Dental', 'Barlow']);
  });

  test('change and add rows; the focus stays on its organization', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    const organizations = app.scope?.organizations;
    organizations?.activate(1);
    expect(organizations?.activeId).toBe(rows[1]?.id);
    program.emit('rows', { accountId: 'a1', revision: 0, rows: [{ ...(rows[9] as Row), name: 'Aaron' }] });
    expect(shown()).toEqual(['Aaron', 'Acme', 'Barlow']);
    expect(organizations?.activePlace).toBe(2);
    expect(organizations?.activeId).toBe(rows[1]?.id);
  });

  test('the open panel reads its details again', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    const id = rows[0]?.id ?? '';
    app.scope?.panel.open(id, false);
    await settled();
    program.rows.set('a1', named(rows, 'Acme Dental'));
    program.emit('rows', { accountId: 'a1', revision: 0, rows: named(rows, 'Acme Dental') });
    await settled();
    expect(app.scope?.panel.details?.row.name).toBe('Acme Dental');
  });
});
