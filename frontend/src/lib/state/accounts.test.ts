import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeProgram, fakeAccount, fakeStatus, rejection } from '$lib/bridge/fake';
import type { Row } from '$lib/bridge/types';
import { madeUpRows } from '$lib/table/search_bench';
import { AppState } from './app.svelte';
import { screensOf } from './rig';

const accounts = ['alpha', 'bravo'] as const;
type Id = (typeof accounts)[number];

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

/** Both accounts hold organizations of the same ids; the names tell whose they are. */
const rowsOf = (id: Id): Row[] => madeUpRows(12).map((row, i) => ({ ...row, name: `${id} org ${i}` }));

/** A program whose every answer waits until the test lets it out, in any order. */
class SlowProgram extends FakeProgram {
  readonly waiting: (() => void)[] = [];

  constructor() {
    super();
    for (const id of accounts) {
      this.rows.set(id, rowsOf(id));
      this.statuses.set(id, fakeStatus(id, { state: 'running', organizations: id === 'alpha' ? 101 : 202 }));
    }
    this.info = { ...this.info, accounts: accounts.map((id) => fakeAccount(id, { label: `${id} label` })) };
    for (const area of [
      this.organizations,
      this.sync,
      this.shell,
      this.administrators,
      this.edits,
      this.billing,
      this.history,
    ])
      this.#slow(area as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>);
  }

  #slow(area: Record<string, (...args: unknown[]) => Promise<unknown>>): void {
    for (const [name, call] of Object.entries(area))
      area[name] = (...args) =>
        new Promise((resolve, reject) =>
          this.waiting.push(() => {
            // Some calls fail, in words that name the account.
            const fails = name !== 'list' && this.waiting.length % 5 === 0;
            if (fails) reject(rejection('offline', `${String(args[0])} cannot be reached.`));
            else call(...args).then(resolve, reject);
          }),
        );
  }
}

let program: SlowProgram;
let app: AppState;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  program = new SlowProgram();
  app = new AppState(program);
  stop = app.start();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);

function become(id: Id): void {
  program.info = { ...program.info, currentAccountId: id };
  program.emit('session', program.info);
}

/** Everything that a person could see or hear now, as text. */
function inSight(): string {
  flushSync();
  const { scope, account, announcer, toasts } = app;
  return JSON.stringify([
    scope?.organizations.entries.map((entry) => entry.row.name),
    scope?.panel.details,
    scope?.panel.problem,
    scope?.sync.status,
    scope?.administrators.list.value,
    scope && screensOf(scope, program).map((screen) => screen.shows()),
    scope?.edits.conflict,
    account?.label,
    announcer.text,
    // That something went wrong in an account is said with its name alone.
    toasts.list.map((toast) => (toast.title.startsWith('A change in ') ? toast.severity : toast)),
    app.jumpSearch,
  ]);
}

function expectOnly(current: Id | null): void {
  for (const other of accounts) if (other !== current) expect(inSight()).not.toContain(other);
}

describe('switching while answers are late', () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
    'never shows the other account (%i)',
    async (seed) => {
      const roll = dice(seed);
      const ids = rowsOf('alpha').map((row) => row.id);
      const someId = () => ids[roll(ids.length)] ?? '';
      let current: Id | null = null;
      let seen = 0;
      const steps: (() => void)[] = [
        () => become((current = accounts[roll(2)] ?? 'alpha')),
        () => program.emit('rows', { accountId: accounts[roll(2)] ?? '', revision: 0, rows: [] }),
        () => {
          const id = accounts[roll(2)] ?? 'alpha';
          const row = rowsOf(id)[roll(12)];
          if (row)
            program.emit('rows', {
              accountId: id,
              revision: 0,
              rows: [{ ...row, name: `${row.name} changed` }],
            });
        },
        () => {
          const id = accounts[roll(2)] ?? 'alpha';
          program.emit(
            'sync',
            fakeStatus(id, { state: roll(2) ? 'running' : 'done', organizations: roll(9) }),
          );
        },
        () => app.scope?.panel.open(someId(), false),
        () => void app.actions.launch(someId()),
        () => void app.actions.copyId(someId()),
        () => void app.actions.copyName(`${current ?? ''} org`),
        () => void app.actions.sync(),
        () => void app.actions.cancelSync(),
        () => void app.edits.add(`${current ?? ''} added`, ''),
        () => void app.scope?.administrators.list.load(),
        () => app.scope && screensOf(app.scope, program).forEach((screen) => screen.load()),
        () => app.scope?.organizations.searchFor(roll(2) ? 'org' : ''),
        () => {
          if (current) app.jumpSearch = `${current} org`;
        },
      ];
      for (let step = 0; step < 150; step++) {
        if (program.waiting.length > 0 && roll(2) === 0)
          program.waiting.splice(roll(program.waiting.length), 1)[0]?.();
        else steps[roll(3) === 0 ? 0 : roll(steps.length)]?.();
        expectOnly(current);
        await settled();
        expectOnly(current);
        seen += app.scope?.organizations.entries.length ?? 0;
      }
      expect(seen).toBeGreaterThan(0);
    },
  );

  test('dialogs, announcements and searches end with the account', async () => {
    become('alpha');
    app.dialog = 'key-health';
    app.jumpSearch = 'alpha';
    app.announcer.say('Opened alpha org 1');
    app.toasts.add({ severity: 'info', title: 'alpha org 1', message: '' });
    become('bravo');
    expect(app.dialog).toBeNull();
    expectOnly('bravo');
  });
});

describe('picking an account', () => {
  test('brings the settings of its region: the next change must not save those of the other', async () => {
    program.shell.settings = async () => ({
      ...program.kept,
      launchTemplate: `https://example.com/${program.info.currentAccountId}`,
    });
    become('alpha');
    await settled();
    become('bravo');
    await settled();
    expect(app.settings.current.launchTemplate).toBe('https://example.com/bravo');
  });

  test('an answer about the settings of the one before is dropped, however late', async () => {
    const answers: (() => void)[] = [];
    program.shell.settings = () => {
      const settings = { ...program.kept, region: program.info.currentAccountId };
      return new Promise((resolve) => answers.push(() => resolve(settings)));
    };
    become('alpha');
    become('bravo');
    await settled();
    for (const answer of answers.reverse()) answer();
    await settled();
    expect(app.settings.current.region).toBe('bravo');
  });

  test('says which one is shown, and lets the switcher take the focus', async () => {
    become('alpha');
    await app.pick('bravo');
    expect(app.account?.id).toBe('bravo');
    expect(app.announcer.text).toBe('Showing bravo label');
    expect(app.switcherTakesFocus).toBe(true);
  });

  test('a refusal is told, and the shown account stays', async () => {
    become('alpha');
    program.session.select = () => Promise.reject(rejection('not_found', 'It is gone.'));
    await app.pick('bravo');
    expect(app.account?.id).toBe('alpha');
    expect(app.toasts.list[0]?.message).toBe('It is gone.');
    expect(app.switcherTakesFocus).toBe(false);
  });

  test('a new key is for the account named, whatever is shown', async () => {
    become('alpha');
    expect((await app.replaceKey('bravo', 'jca_other'))?.code).toBe('invalid_input');
    expect(await app.replaceKey('bravo', 'jca_new')).toBeNull();
    expect(await app.rename('bravo', 'Borealis')).toBeNull();
    expect(app.session?.accounts.map((account) => account.label)).toEqual(['alpha label', 'Borealis']);
    expect(app.account?.id).toBe('alpha');
  });
});
