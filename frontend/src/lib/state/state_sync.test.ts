import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeProgram, fakeAccount, fakeStatus, rejection } from '$lib/bridge/fake';
import type { Row } from '$lib/bridge/types';
import type { AppState } from './app.svelte';
import { Rig, later, settled } from './rig';

let program: FakeProgram;
let app: AppState;
let rig: Rig;
let rows: Row[];

function start() {
  app = rig.start();
}

beforeEach(() => {
  rig = new Rig();
  ({ program, rows } = rig);
});
afterEach(() => rig.end());

describe('sync', () => {
  test('tells the rows on screen, once they rest, while a run lasts', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    const sync = app.scope?.sync;
    sync?.setVisible(['x']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(program.log).toEqual([]);
    program.emit('sync', fakeStatus('a1', { state: 'running' }));
    sync?.setVisible(['y']);
    sync?.setVisible(['z']);
    await vi.advanceTimersByTimeAsync(249);
    expect(program.log).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(program.log).toEqual(['visible z']);
  });

  test('a status that comes after an event is older and dropped', async () => {
    const slow = later<ReturnType<typeof fakeStatus>>();
    program.sync.status = () => slow.promise;
    program.become(fakeAccount('a1'));
    start();
    await settled();
    program.emit('sync', fakeStatus('a1', { state: 'running' }));
    slow.resolve(fakeStatus('a1', { state: 'done' }));
    await settled();
    expect(app.scope?.sync.status?.state).toBe('running');
  });

  test('a run that went well tells of the administrators it could not read, until put away', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    const sync = app.scope?.sync;
    const told = (code: string) => ({ code, message: 'No.', hint: '', retryable: true, retryAfterMs: 0 });
    const done = fakeStatus('a1', { state: 'done', startedAt: 5 });
    program.emit('sync', { ...done, administrators: told('offline') });
    expect(sync?.trouble).toBeNull();
    program.emit('sync', { ...done, administrators: told('server') });
    expect(sync?.trouble?.code).toBe('server');
    sync?.putAway();
    expect(sync?.trouble).toBeNull();
  });

  test('offline only after an exchange failed; a banner only where no badge says it', async () => {
    program.become(fakeAccount('a1'));
    program.statuses.set('a1', fakeStatus('a1', { online: false }));
    start();
    await settled();
    const sync = app.scope?.sync;
    expect(sync?.offline).toBe(false);
    const problem = { code: 'offline', message: '', hint: '', retryable: true, retryAfterMs: 0 };
    program.emit('sync', fakeStatus('a1', { state: 'failed', online: false, problem }));
    expect([sync?.offline, sync?.trouble]).toEqual([true, null]);
    program.emit(
      'sync',
      fakeStatus('a1', { state: 'partial', startedAt: 5, problem: { ...problem, code: 'server' } }),
    );
    expect(sync?.trouble?.code).toBe('server');
    sync?.putAway();
    expect(sync?.trouble).toBeNull();
  });

  test('what was put away comes back with other failures, when it is asked for, and after a good run', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    const sync = app.scope?.sync;
    const problem = { code: 'logo_failed', message: '', hint: '', retryable: true, retryAfterMs: 0 };
    let startedAt = 5;
    const partial = (...ids: string[]): void =>
      program.emit(
        'sync',
        fakeStatus('a1', {
          state: 'partial',
          startedAt: (startedAt += 900),
          problem,
          failed: ids.length,
          failures: ids.map((organizationId) => ({ organizationId, name: organizationId, problem })),
        }),
      );
    const told = (): boolean => sync?.trouble?.code === 'logo_failed';
    partial('o1', 'o2');
    expect(told()).toBe(true);
    sync?.putAway();
    partial('o2', 'o1');
    expect(told()).toBe(false);
    partial('o2', 'o3');
    expect(told()).toBe(true);
    sync?.putAway();
    await sync?.start();
    partial('o2', 'o3');
    expect(told()).toBe(true);
    sync?.putAway();
    program.emit('sync', fakeStatus('a1', { state: 'done', startedAt: (startedAt += 900) }));
    partial('o2', 'o3');
    expect(told()).toBe(true);
  });

  test('an organization that gave no answer is told, for no badge says it', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    const problem = { code: 'offline', message: 'No answer.', hint: '', retryable: true, retryAfterMs: 0 };
    program.emit('sync', fakeStatus('a1', { state: 'partial', online: true, startedAt: 5, problem }));
    const sync = app.scope?.sync;
    expect([sync?.offline, sync?.trouble?.code]).toEqual([false, 'offline']);
    program.emit('sync', fakeStatus('a1', { state: 'partial', online: false, startedAt: 5, problem }));
    expect([sync?.offline, sync?.trouble]).toEqual([true, null]);
  });
});

describe('settings', () => {
  test('a change before the first answer is kept over what was kept, not over the defaults', async () => {
    const answer = later<typeof program.kept>();
    const columns = [{ id: 'applications', visible: false }];
    const kept = { ...program.kept, columns, sortColumn: 'users', launchHintDismissed: true };
    program.shell.settings = () => answer.promise;
    const saved: (typeof program.kept)[] = [];
    program.shell.saveSettings = async (settings) => (saved.push(settings), settings);
    start();
    app.settings.showColumn('devices', false);
    expect(app.settings.columns.map((column) => column.id)).not.toContain('devices');
    await settled();
    expect(saved).toEqual([]);
    answer.resolve(kept);
    await settled();
    expect(saved).toHaveLength(1);
    expect(saved[0]).toMatchObject({ sortColumn: 'users', launchHintDismissed: true });
    expect(app.settings.sort.column).toBe('users');
    const shown = app.settings.columns.map((column) => column.id);
    for (const hidden of ['devices', 'applications']) {
      expect(saved[0]?.columns).toContainEqual({ id: hidden, visible: false });
      expect(shown).not.toContain(hidden);
    }
  });

  test('what could not be read is never saved over', async () => {
    program.shell.settings = () => Promise.reject(rejection('settings_failed'));
    const saved: unknown[] = [];
    program.shell.saveSettings = async (settings) => (saved.push(settings), settings);
    start();
    expect(await app.settings.change({ launchHintDismissed: true })).toBe(false);
    expect(saved).toEqual([]);
    program.shell.settings = async () => program.kept;
    expect(await app.settings.change({ singleKeyShortcuts: false })).toBe(true);
    expect(saved).toEqual([{ ...program.kept, launchHintDismissed: true, singleKeyShortcuts: false }]);
  });

  test('a change shows at once and an older answer does not undo it', async () => {
    start();
    await settled();
    const first = later<typeof program.kept>();
    program.shell.saveSettings = () => first.promise;
    app.settings.sortBy('users');
    program.shell.saveSettings = async (settings) => settings;
    app.settings.sortBy('devices');
    expect(app.settings.sort).toEqual({ column: 'devices', descending: true });
    await settled();
    first.resolve({ ...program.kept, sortColumn: 'users' });
    await settled();
    expect(app.settings.sort.column).toBe('devices');
  });

  test('a failed save is told', async () => {
    start();
    await settled();
    program.shell.saveSettings = () => Promise.reject(rejection('settings_failed'));
    expect(await app.settings.change({ launchHintDismissed: true })).toBe(false);
    expect(app.toasts.list[0]?.title).toBe('The settings were not saved');
  });
});

describe('launch', () => {
  test('hints until told not to', async () => {
    program.become(fakeAccount('a1'));
    start();
    await settled();
    await app.actions.launch(rows[0]?.id ?? '');
    expect(app.toasts.list).toHaveLength(1);
    app.toasts.list[0]?.actions[0]?.run();
    await settled();
    app.toasts.dismiss(app.toasts.list[0]?.id ?? 0);
    await app.actions.launch(rows[0]?.id ?? '');
    expect(app.toasts.list).toHaveLength(0);
    expect(app.announcer.text).toBe('Opened Acme in the browser');
  });
});
