import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeProgram, fakeAccount, rejection } from '$lib/bridge/fake';
import type { EditOutcome, Row } from '$lib/bridge/types';
import { madeUpRows } from '$lib/table/search_bench';
import { AppState } from './app.svelte';

const settled = () => vi.advanceTimersByTimeAsync(0);
const id = (madeUpRows(1)[0] as Row).id;

let program: FakeProgram;
let app: AppState;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  program = new FakeProgram();
  program.rows.set('a1', [{ ...(madeUpRows(1)[0] as Row), name: 'Acme', remoteAssist: 'off' }]);
  program.rows.set('b1', [{ ...(madeUpRows(1)[0] as Row), name: 'Of the other account' }]);
  program.become(fakeAccount('b1'));
  program.become(fakeAccount('a1'));
  app = new AppState(program);
  stop = app.start();
  await settled();
  scope().panel.open(id, false);
  await settled();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const scope = () => {
  if (!app.scope) throw new Error('no scope');
  return app.scope;
};
const name = () => scope().organizations.row(id)?.name;
const toasts = () =>
  app.toasts.list.map((toast) => `${toast.severity}: ${toast.actions.map((a) => a.label)}`);

describe('a rename', () => {
  beforeEach(() => scope().edits.type(id, 'name', 'Acme', 'Acme Two'));
  const draft = () => scope().edits.draft(id, 'name');

  test('applied: the row has it, the draft is gone, it can be undone and that be undone', async () => {
    await app.edits.save(id, 'name');
    expect([name(), draft()]).toEqual(['Acme Two', undefined]);
    expect(toasts()).toEqual(['success: Undo']);
    app.toasts.list[0]?.actions[0]?.run();
    await settled();
    expect(name()).toBe('Acme');
    app.toasts.list.at(-1)?.actions[0]?.run();
    await settled();
    expect(name()).toBe('Acme Two');
  });

  test('typing back what is held ends the draft', () => {
    scope().edits.type(id, 'name', 'Acme', 'Acme');
    expect(draft()).toBeUndefined();
  });

  test('refused: the draft stays, with why', async () => {
    program.editing.refusal = rejection('forbidden', 'Your role may not.', 'Ask.');
    await app.edits.save(id, 'name');
    expect(draft()).toMatchObject({
      value: 'Acme Two',
      busy: false,
      notice: { message: 'Your role may not. Ask.' },
    });
    expect(name()).toBe('Acme');
  });

  test('refused while out of sight: told in a toast that names it', async () => {
    program.editing.refusal = rejection('offline', 'No answer.');
    scope().panel.close();
    await app.edits.save(id, 'name');
    expect(app.toasts.list[0]?.message).toContain('Acme: No answer.');
  });

  test.each([
    ['not applied', () => program.editing.ignored.add('name'), true],
    ['uncertain', () => program.editing.lost.add('name'), false],
  ])('%s: never shown as done, the draft stays', async (_, arrange, console) => {
    arrange();
    await app.edits.save(id, 'name');
    expect(name()).toBe('Acme');
    expect(draft()).toMatchObject({ value: 'Acme Two', notice: { console } });
    expect(toasts()).toEqual([]);
  });

  describe('in conflict', () => {
    beforeEach(async () => {
      program.editing.elsewhere.set(`${id}/name`, 'Theirs');
      await app.edits.save(id, 'name');
    });
    const conflict = () => scope().edits.conflict as EditOutcome;

    test('nothing is lost until someone decides', () => {
      expect(conflict()).toMatchObject({ serverValue: 'Theirs', wanted: 'Acme Two' });
      expect(scope().edits.conflictExpected).toBe('Acme');
      expect(draft()?.value).toBe('Acme Two');
    });
    test('keep theirs', async () => {
      await app.edits.keepTheirs(conflict());
      expect([name(), draft(), scope().edits.conflict]).toEqual(['Theirs', undefined, null]);
    });
    test('overwrite', async () => {
      await app.edits.overwrite(conflict());
      expect([name(), draft(), scope().edits.conflict]).toEqual(['Acme Two', undefined, null]);
      expect(program.log.at(-1)).toContain('"Theirs" to "Acme Two" overwriting');
    });
    test('overwrite, but changed again after the dialog: asked about the newest', async () => {
      program.editing.elsewhere.set(`${id}/name`, 'Newest');
      await app.edits.overwrite(conflict());
      expect(conflict()).toMatchObject({ serverValue: 'Newest', wanted: 'Acme Two' });
      expect([name(), draft()?.value]).toEqual(['Newest', 'Acme Two']);
      await app.edits.overwrite(conflict());
      expect([name(), draft(), scope().edits.conflict]).toEqual(['Acme Two', undefined, null]);
    });
  });

  test('a second save while one is on its way sends nothing', async () => {
    const first = app.edits.save(id, 'name');
    await app.edits.save(id, 'name');
    await first;
    expect(program.log.filter((line) => line.startsWith('edit'))).toHaveLength(1);
  });

  test('an answer after the account was changed is not shown with the other', async () => {
    const { edit } = program.edits;
    let answer = () => undefined as void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    program.edits.edit = async (...args) => {
      await held;
      return edit(...args);
    };
    const saving = app.edits.save(id, 'name');
    await app.select('b1');
    answer();
    await saving;
    expect(program.log.some((line) => line.startsWith('edit'))).toBe(true);
    expect(name()).toBe('Of the other account');
    expect(toasts()).toEqual([]);
    expect(app.announcer.text).not.toContain('Acme');
    expect(scope().edits.draft(id, 'name')).toBeUndefined();
  });

  test('a toast of one account goes when the account does', async () => {
    await app.edits.save(id, 'name');
    await app.select('b1');
    expect(app.toasts.list).toEqual([]);
  });
});

describe('Remote Assist', () => {
  test('is switched, and the row shows it', async () => {
    await app.edits.switchRemoteAssist(id, 'off', 'on');
    expect(scope().organizations.row(id)?.remoteAssist).toBe('on');
  });
  test('that did not stick is not shown as on', async () => {
    program.editing.ignored.add('remoteAssist');
    await app.edits.switchRemoteAssist(id, 'off', 'on');
    expect(scope().organizations.row(id)?.remoteAssist).toBe('off');
    expect(scope().edits.draft(id, 'remoteAssist')?.notice?.console).toBe(true);
  });
});

test('a user cap is in the panel at once', async () => {
  scope().edits.type(id, 'userCap', '', ' 40 ');
  await app.edits.save(id, 'userCap');
  expect(scope().panel.details?.maxSystemUsers).toBe(40);
});

test('what was launched before is recent, after what was opened here', async () => {
  const line = (orgId: string) => ({ organizationId: orgId }) as never;
  program.history.activities = async (accountId) => ({
    accountId,
    organizationId: '',
    lines: [line('old1'), line(id), line('old1')],
    nextBeforeId: 0,
  });
  await scope().loadRecent();
  expect(scope().recent).toEqual([id, 'old1']);
});
