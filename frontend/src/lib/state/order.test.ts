import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeProgram, fakeAccount, fakeStatus } from '$lib/bridge/fake';
import { fakeImport } from '$lib/bridge/fake_edits';
import type { Row } from '$lib/bridge/types';
import { madeUpRows } from '$lib/table/search_bench';
import { AppState } from './app.svelte';

// The events of a program may arrive in another order than they were sent in.

const settled = () => vi.advanceTimersByTimeAsync(0);
const rows = madeUpRows(3);
const named = (name: string): Row => ({ ...(rows[0] as Row), name });

let program: FakeProgram;
let app: AppState;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  program = new FakeProgram();
  program.rows.set('a1', [named('Acme')]);
  program.become(fakeAccount('b1'));
  program.become(fakeAccount('a1'));
  program.revision = 10;
  app = new AppState(program);
  stop = app.start();
  await settled();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const shownNames = () => app.scope?.organizations.entries.map((entry) => entry.row.name);

describe('an event that is late', () => {
  test('of the session does not bring back the other account', () => {
    program.deliver('session', { ...program.info, currentAccountId: 'b1', revision: 12 });
    program.deliver('session', { ...program.info, currentAccountId: 'a1', revision: 11 });
    expect(app.account?.id).toBe('b1');
  });

  test('of the session is older than an answer that was gathered after it', async () => {
    program.info = { ...program.info, currentAccountId: 'b1' };
    program.revision = 12;
    await app.refresh();
    program.deliver('session', { ...program.info, currentAccountId: 'a1', revision: 12 - 1 });
    expect(app.account?.id).toBe('b1');
  });

  test('of a run does not set it going again', () => {
    program.deliver('sync', fakeStatus('a1', { state: 'done', revision: 12 }));
    program.deliver('sync', fakeStatus('a1', { state: 'running', revision: 11 }));
    expect(app.scope?.sync.status?.state).toBe('done');
  });

  test('of a run is nothing to an account that was left and is shown again', async () => {
    program.statuses.set('a1', fakeStatus('a1', { state: 'done' }));
    program.revision = 20;
    await app.select('b1');
    await app.select('a1');
    await settled();
    program.deliver('sync', fakeStatus('a1', { state: 'running', revision: 19 }));
    expect(app.scope?.sync.status?.state).toBe('done');
  });

  test('of a row does not bring back what it was, and the other rows are taken', () => {
    const other = { ...(rows[1] as Row), name: 'Barlow' };
    program.deliver('rows', { accountId: 'a1', revision: 12, rows: [named('Acme Ltd')] });
    program.deliver('rows', { accountId: 'a1', revision: 11, rows: [named('Acme'), other] });
    expect(shownNames()).toEqual(['Acme Ltd', 'Barlow']);
  });

  test('of a row is older than the list that was read after it', () => {
    program.deliver('rows', { accountId: 'a1', revision: 9, rows: [named('Before')] });
    expect(shownNames()).toEqual(['Acme']);
  });

  test('of an import does not set it going again, and tells its end once', () => {
    program.deliver('import', fakeImport('a1', { state: 'running', revision: 11 }));
    program.deliver('import', fakeImport('a1', { state: 'done', added: 2, revision: 13 }));
    program.deliver('import', fakeImport('a1', { state: 'running', revision: 12 }));
    expect(app.scope?.imports.running).toBe(false);
    expect(app.toasts.list.map((toast) => toast.title)).toEqual(['The import ended']);
  });
});

test('rows that arrive before the list are put on it in their own order', async () => {
  const list = program.organizations.list;
  let answer: () => void = () => undefined;
  program.organizations.list = async (id) => {
    const read = await list(id);
    await new Promise<void>((resolve) => (answer = resolve));
    return read;
  };
  program.rows.set('b1', [named('Read')]);
  const selecting = app.select('b1');
  await settled();
  program.deliver('rows', { accountId: 'b1', revision: 13, rows: [named('Newest')] });
  program.deliver('rows', { accountId: 'b1', revision: 12, rows: [named('Newer')] });
  program.deliver('rows', { accountId: 'b1', revision: 8, rows: [named('Older')] });
  answer();
  await selecting;
  await settled();
  expect(shownNames()).toEqual(['Newest']);
});
