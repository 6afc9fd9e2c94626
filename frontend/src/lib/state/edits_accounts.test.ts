// Drafts and endings of one account while another is shown.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeAccount, rejection } from '$lib/bridge/fake';
import { fakeImport } from '$lib/bridge/fake_edits';
import type { AppState } from './app.svelte';
import { later, Rig, settled } from './rig';

let rig: Rig;
let app: AppState;
let id: string;

beforeEach(async () => {
  rig = new Rig();
  rig.program.become(fakeAccount('b1', { label: 'Bravo' }));
  rig.program.become(fakeAccount('a1', { label: 'Alpha' }));
  app = rig.start();
  await settled();
  id = scope().organizations.entries[0]?.row.id ?? '';
  scope().panel.open(id, false);
  await settled();
  scope().edits.type(id, 'name', 'Acme', 'Acme Two');
});
afterEach(() => rig.end());

const scope = () => {
  if (!app.scope) throw new Error('no scope');
  return app.scope;
};
const draft = () => scope().edits.draft(id, 'name');
const toasts = () => app.toasts.list.map(({ severity, title }) => `${severity}: ${title}`);

async function become(accountId: string): Promise<void> {
  await app.select(accountId);
  await settled();
}

/** Begins an edit and leaves the account; gives what lets the program answer. */
async function leftWhileSaving(): Promise<() => Promise<void>> {
  const { edit } = rig.program.edits;
  const held = later<null>();
  rig.program.edits.edit = async (...args) => {
    await held.promise;
    return edit(...args);
  };
  const saving = app.edits.save(id, 'name');
  await become('b1');
  return async () => {
    held.resolve(null);
    await saving;
    await settled();
  };
}

describe('a draft', () => {
  test('is still there when its account is shown again', async () => {
    await become('b1');
    expect(draft()).toBeUndefined();
    await become('a1');
    expect(draft()).toMatchObject({ value: 'Acme Two', expected: 'Acme', busy: false });
  });

  test('is gone once its account was signed out of', async () => {
    rig.program.session.signOut = async () => undefined;
    await app.signOut('a1', false);
    await become('b1');
    await become('a1');
    expect(draft()).toBeUndefined();
  });

  test('is gone with an account that another window erased', async () => {
    const account = rig.program.info.accounts.find((one) => one.id === 'a1');
    const rest = rig.program.info.accounts.filter((one) => one.id !== 'a1');
    rig.program.emit('session', { ...rig.program.info, accounts: rest, currentAccountId: 'b1' });
    if (account) rig.program.emit('session', { ...rig.program.info, currentAccountId: 'a1' });
    await settled();
    expect(draft()).toBeUndefined();
  });
});

test('a new key takes what was said of the old one with it, and leaves the draft', async () => {
  rig.program.editing.refusal = rejection('unauthorized', 'JumpCloud refused this key.');
  await app.edits.save(id, 'name');
  expect(draft()?.notice?.message).toContain('refused this key');
  expect(await app.replaceKey('a1', 'jca_new')).toBeNull();
  expect(draft()).toMatchObject({ value: 'Acme Two', notice: null });
});

describe('an edit that ends after its account was left', () => {
  test.each([
    ['refused', () => (rig.program.editing.refusal = rejection('forbidden', 'Your role may not.'))],
    ['uncertain', () => rig.program.editing.lost.add('name')],
    ['not applied', () => rig.program.editing.ignored.add('name')],
  ])('%s: said at once without its words, and in full on return', async (_, arrange) => {
    arrange();
    await (
      await leftWhileSaving()
    )();
    expect(toasts()).toEqual(['warning: A change in Alpha did not go through']);
    expect(JSON.stringify(app.toasts.list)).not.toContain('Acme');
    expect(app.toasts.list[0]?.actions.map((action) => action.label)).toEqual(['Show Alpha']);
    app.toasts.list[0]?.actions[0]?.run();
    await settled();
    expect(app.account?.id).toBe('a1');
    expect(app.toasts.list).toHaveLength(1);
    expect(JSON.stringify(app.toasts.list)).toContain('Acme');
    expect(draft()).toMatchObject({ value: 'Acme Two', busy: false });
    expect(draft()?.notice).not.toBeNull();
    // It is told once.
    await become('b1');
    await become('a1');
    expect(toasts()).toEqual([]);
  });

  test('applied: told on return, and can be undone there', async () => {
    await (
      await leftWhileSaving()
    )();
    expect(toasts()).toEqual([]);
    await become('a1');
    expect(toasts()).toEqual(['success: Acme Two: Organization name']);
    app.toasts.list[0]?.actions[0]?.run();
    await settled();
    expect(scope().organizations.row(id)?.name).toBe('Acme');
  });

  test('in conflict: asks on return', async () => {
    rig.program.editing.elsewhere.set(`${id}/name`, 'Theirs');
    await (
      await leftWhileSaving()
    )();
    expect([scope().edits.conflict, toasts()]).toEqual([
      null,
      ['warning: A change in Alpha did not go through'],
    ]);
    await become('a1');
    expect(scope().edits.conflict).toMatchObject({ serverValue: 'Theirs', wanted: 'Acme Two' });
  });

  test('of an account that is shown again by then: told there, and its draft was busy', async () => {
    const answer = await leftWhileSaving();
    await become('a1');
    expect(draft()?.busy).toBe(true);
    await answer();
    expect(toasts()).toEqual(['success: Acme Two: Organization name']);
    expect([draft(), scope().organizations.row(id)?.name]).toEqual([undefined, 'Acme Two']);
  });
});

test('an organization that was added after its account was left is told on return', async () => {
  const { add } = rig.program.edits;
  const held = later<null>();
  rig.program.edits.add = async (...args) => {
    await held.promise;
    return add(...args);
  };
  const adding = app.edits.add('Barlow Two', '');
  await become('b1');
  held.resolve(null);
  expect(await adding).toBeNull();
  expect(toasts()).toEqual([]);
  await become('a1');
  expect(toasts()).toEqual(['success: Organization added']);
});

test('an import that ended while another account was shown is told on return', async () => {
  rig.program.emit('import', fakeImport('a1', { state: 'running' }));
  await become('b1');
  rig.program.emit('import', fakeImport('a1', { state: 'done', total: 2, done: 2, added: 1, failed: 1 }));
  expect(toasts()).toEqual(['warning: A change in Alpha did not go through']);
  await become('a1');
  expect(toasts()).toEqual(['warning: The import ended']);
});
