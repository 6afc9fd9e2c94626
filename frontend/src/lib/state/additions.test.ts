import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeAccount, rejection } from '$lib/bridge/fake';
import { fakeImport } from '$lib/bridge/fake_edits';
import type { AppState } from './app.svelte';
import { Rig, settled } from './rig';

let rig: Rig;
let app: AppState;

beforeEach(async () => {
  rig = new Rig();
  rig.program.become(fakeAccount('b1'));
  rig.program.become(fakeAccount('a1'));
  app = rig.start();
  await settled();
});
afterEach(() => rig.end());

const scope = () => {
  if (!app.scope) throw new Error('no scope');
  return app.scope;
};
const toasts = () =>
  app.toasts.list.map((toast) => `${toast.severity}: ${toast.actions.map((a) => a.label)}`);

describe('adding', () => {
  test('the row is there, selected, and shown through a search that hides it', async () => {
    scope().organizations.searchFor('zzz');
    const outcome = await app.edits.add('Carter', '');
    if (outcome === null || 'code' in outcome) throw new Error('not added');
    app.edits.showAdded(outcome);
    expect(scope().organizations.search).toBe('');
    expect([scope().panel.openId, scope().organizations.wantedId]).toEqual([
      outcome.organizationId,
      outcome.organizationId,
    ]);
  });
  test('a name that is taken is found whatever its case; its own is not', () => {
    const id = scope().organizations.named(' ACME', '')?.id ?? '';
    expect(scope().organizations.row(id)?.name).toBe('Acme');
    expect(scope().organizations.named('acme', id)).toBeUndefined();
  });
});

describe('an import', () => {
  const imports = () => scope().imports;

  test('preview, run, end: the result is read once it ended', async () => {
    await imports().look('x.csv', 'name\nCarter\nAcme');
    expect(imports().preview).toMatchObject({ new: 1, existing: 1 });
    await imports().start();
    expect(imports().running).toBe(true);
    const done = fakeImport('a1', { state: 'done', total: 2, done: 2, added: 1, skipped: 1 });
    rig.program.editing.result = { accountId: 'a1', status: done, rows: [], csv: 'name' };
    rig.program.emit('import', done);
    await settled();
    expect(imports().result?.csv).toBe('name');
    expect(imports().running).toBe(false);
  });
  test.each([
    ['its only event', true],
    ['no event at all', false],
  ])('so short that it is told by %s has its result read', async (_, told) => {
    await imports().load();
    await imports().look('x.csv', 'name\nCarter');
    const done = fakeImport('a1', { state: 'done', total: 1, done: 1, added: 1 });
    rig.program.edits.startImport = async () => {
      rig.program.editing.result = { accountId: 'a1', status: done, rows: [], csv: 'short' };
      if (told) rig.program.emit('import', done);
    };
    await imports().start();
    await settled();
    expect(imports().result?.csv).toBe('short');
    expect([imports().preview, imports().asking]).toEqual([null, false]);
  });
  test('that could not be started says why, and keeps the preview', async () => {
    await imports().look('x.csv', 'name\nCarter');
    rig.program.edits.startImport = () => Promise.reject(rejection('busy', 'One is running.'));
    await imports().start();
    expect(imports().problem?.message).toBe('One is running.');
    expect(imports().preview?.new).toBe(1);
  });
  test('that ends while its dialog is closed is told', async () => {
    await imports().look('x.csv', 'name\nCarter');
    await imports().start();
    rig.program.emit('import', fakeImport('a1', { state: 'done', total: 1, done: 1, added: 1 }));
    rig.program.emit('import', fakeImport('a1', { state: 'done', total: 1, done: 1, added: 1 }));
    expect(toasts()).toEqual(['success: Show the result']);
  });
  test('events of another account are dropped', () => {
    rig.program.emit('import', fakeImport('b1', { state: 'running' }));
    expect(imports().status).toBeNull();
  });
  test('a file that was not read says why', () => {
    imports().refuse('x.csv', 'Too large.');
    expect(imports().problem?.message).toBe('Too large.');
    expect(imports().preview).toBeNull();
  });
});
