import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeProgram, fakeAccount, rejection } from '$lib/bridge/fake';
import { fakeBatch } from '$lib/bridge/fake_logos';
import type { Problem } from '$lib/bridge/types';
import type { LogoMatch } from '$lib/bridge/types_logos';
import { AppState } from './app.svelte';

const settled = () => vi.advanceTimersByTimeAsync(0);
const broken: Problem = {
  code: 'invalid_input',
  message: 'No picture.',
  hint: '',
  retryable: false,
  retryAfterMs: 0,
};

function file(
  fileName: string,
  match: string,
  organizationId: string,
  more: Partial<LogoMatch> = {},
): LogoMatch {
  const facts = { bytes: 1, kind: 'PNG', width: 1, height: 1 };
  return { fileName, match, organizationId, organizationName: organizationId, ...facts, ...more };
}

let program: FakeProgram;
let app: AppState;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  program = new FakeProgram();
  program.become(fakeAccount('b1'));
  program.become(fakeAccount('a1'));
  program.pictures.files = [
    file('acme.png', 'name', 'acme'),
    file('624d.png', 'id', 'barlow'),
    file('acme old.png', 'name', 'acme'),
    file('cedar-ish.png', 'alike', 'cedar'),
    file('odd.png', 'none', ''),
    file('bad.png', 'name', 'dunmore', { problem: broken }),
  ];
  app = new AppState(program);
  stop = app.start();
  await settled();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const batch = () => {
  if (!app.scope) throw new Error('no scope');
  return app.scope.logoBatch;
};
const chosen = () => batch().pairs.map(({ fileName, organizationId }) => `${fileName} ${organizationId}`);
const row = (name: string) => batch().rows.find(({ file: { fileName } }) => fileName === name);

describe('a plan', () => {
  beforeEach(() => batch().look());

  test('includes what is certain: no guess, nothing broken, one file for an organization', () => {
    expect(chosen()).toEqual(['acme.png acme', '624d.png barlow']);
    expect(row('acme old.png')?.reason).toContain('acme.png');
    expect([row('cedar-ish.png')?.reason, row('bad.png')?.reason]).toEqual(['', 'No picture.']);
  });

  test('includes a guess once it is confirmed', () => {
    batch().include('cedar-ish.png', true);
    expect(chosen()).toContain('cedar-ish.png cedar');
  });

  test('leaving one file out frees its organization for the other', () => {
    batch().include('acme.png', false);
    batch().include('acme old.png', true);
    expect(chosen()).toEqual(['624d.png barlow', 'acme old.png acme']);
    expect(row('acme.png')?.reason).toContain('acme old.png');
  });

  test('a file given to an organization by hand is included; its own is free again', () => {
    batch().assign('odd.png', 'acme');
    expect([chosen(), row('odd.png')?.match]).toEqual([['624d.png barlow', 'odd.png acme'], 'hand']);
    batch().assign('odd.png', 'dunmore');
    expect(chosen()).toEqual(['acme.png acme', '624d.png barlow', 'odd.png dunmore']);
  });

  test('a broken file cannot be included', () => {
    batch().include('bad.png', true);
    expect(chosen()).not.toContain('bad.png dunmore');
  });

  test('choosing no folder keeps the one that is there', async () => {
    const plan = program.logos.plan;
    program.logos = { ...program.logos, plan: async (...call) => ({ ...(await plan(...call)), id: '' }) };
    batch().include('acme.png', false);
    await batch().look();
    expect([batch().plan?.id, chosen()]).toEqual(['p1', ['624d.png barlow', 'acme old.png acme']]);
  });
});

describe('a run', () => {
  beforeEach(() => batch().look());

  test('sends what is included, tells its progress, and ends with every file', async () => {
    const sent = vi.fn(program.logos.startBatch);
    program.logos = { ...program.logos, startBatch: sent };
    app.dialog = 'logo-batch';
    await batch().start();
    expect(sent.mock.calls[0]?.slice(0, 3)).toEqual(['a1', 'p1', batch().pairs]);
    expect([batch().running, batch().status?.done]).toEqual([true, 1]);
    program.pictures.result = fakeBatch('a1', { ...program.pictures.result, state: 'done', done: 2, set: 2 });
    program.emit('logos', { ...program.pictures.result, rows: [] });
    await settled();
    expect([batch().running, batch().result?.rows.length, batch().plan]).toEqual([false, 2, null]);
    expect(app.toasts.list).toEqual([]);
  });

  test('makes each logo as suggested, unless one recipe is wanted for all', async () => {
    const sent = vi.fn(program.logos.startBatch);
    program.logos = { ...program.logos, startBatch: sent };
    await batch().start();
    expect(sent.mock.calls[0]?.[3]).toBeNull();
    await batch().cancel();
    await settled();
    await batch().look();
    batch().makeAll(true);
    batch().change({ padding: 20 });
    await batch().start();
    expect(sent.mock.calls[1]?.[3]).toMatchObject({ shape: '1200x400', padding: 20 });
  });

  test('that ends before any event told of it is told all the same', async () => {
    program.logos = {
      ...program.logos,
      startBatch: async () => void (program.pictures.result = fakeBatch('a1', { state: 'done', total: 1 })),
    };
    await batch().start();
    await settled();
    expect(batch().result?.state).toBe('done');
  });

  test('its end is told where the dialog is closed, and only in its account', async () => {
    await batch().start();
    program.emit('logos', fakeBatch('b1', { state: 'done', total: 2, set: 2 }));
    expect(batch().running).toBe(true);
    program.emit('logos', fakeBatch('a1', { state: 'stopped', total: 2, set: 1 }));
    await settled();
    expect(app.toasts.list.map(({ title, severity }) => [title, severity])).toEqual([
      ['Setting logos ended', 'warning'],
    ]);
  });

  test('what is told late of an older state is dropped', async () => {
    await batch().start();
    program.deliver('logos', fakeBatch('a1', { revision: 95, state: 'running', total: 2, done: 2, set: 2 }));
    program.deliver('logos', fakeBatch('a1', { revision: 94, state: 'running', total: 2, done: 1, set: 1 }));
    expect(batch().status?.done).toBe(2);
  });

  test('a refused start keeps the plan and says why', async () => {
    program.logos = { ...program.logos, startBatch: () => Promise.reject(rejection('busy')) };
    await batch().start();
    expect([batch().problem?.code, batch().plan?.id, batch().running]).toEqual(['busy', 'p1', false]);
  });

  test('can be cancelled', async () => {
    await batch().start();
    await batch().cancel();
    await settled();
    expect([batch().running, batch().result?.state]).toEqual([false, 'canceled']);
  });
});
