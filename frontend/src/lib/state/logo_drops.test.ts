import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeProgram, fakeAccount } from '$lib/bridge/fake';
import type { Row } from '$lib/bridge/types';
import type { DroppedFiles } from '$lib/bridge/types_logos';
import { madeUpRows } from '$lib/table/search_bench';
import { AppState } from './app.svelte';
import { settled } from './rig';

const rested = () => vi.advanceTimersByTimeAsync(500);
const [first, second] = madeUpRows(2) as [Row, Row];
const id = first.id;
const png = (name = 'acme.png', size = 10) => new File([new Uint8Array(size)], name);

let program: FakeProgram;
let app: AppState;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  program = new FakeProgram();
  program.rows.set('a1', [
    { ...first, name: 'Acme', logo: '/logo/old' },
    { ...second, name: 'Barlow', logo: '' },
  ]);
  program.become(fakeAccount('a1'));
  app = new AppState(program);
  stop = app.start();
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
const logo = () => {
  const held = scope().logo;
  if (!held) throw new Error('no logo is being set');
  return held;
};
const toasts = () => app.toasts.list.map(({ title }) => title);

describe('a drop or paste', () => {
  const drop = (more: Partial<DroppedFiles> = {}): DroppedFiles => ({
    id: 'd1',
    x: 1,
    y: 1,
    names: ['acme.png'],
    folder: false,
    ...more,
  });

  test('of one file on an organization opens its dialog with it', async () => {
    app.logos.dropped(id, { drop: drop() });
    await rested();
    expect([app.dialog, logo().orgId, logo().taken?.fileName]).toEqual(['logo', id, 'd1.png']);
  });

  test('on nothing says where to drop', () => {
    app.logos.dropped('', { drop: drop() });
    expect([app.dialog, toasts()]).toEqual([null, ['Drop it on an organization']]);
  });

  test.each([
    ['a folder', drop({ folder: true, names: ['Logos'] })],
    ['several files', drop({ names: ['a.png', 'b.png'] })],
  ])('of %s opens the batch, wherever it fell', async (_, dropped) => {
    app.logos.dropped(id, { drop: dropped });
    await settled();
    expect([app.dialog, program.log, scope().logoBatch.plan?.id]).toEqual(['logo-batch', ['plan d1'], 'p1']);
  });

  test('into the open dialog is for its organization, wherever it fell', async () => {
    app.logos.open(second.id);
    app.logos.dropped(id, { drop: drop() });
    await rested();
    expect([logo().orgId, logo().taken?.organizationId]).toEqual([second.id, second.id]);
    app.logos.dropped(id, { drop: drop({ folder: true }) });
    expect(logo().problem?.code).toBe('invalid_input');
  });

  test('beside another dialog does nothing', () => {
    app.dialog = 'settings';
    app.logos.dropped(id, { files: [png()] });
    app.logos.pasted(id, [png()]);
    expect([app.dialog, scope().logo]).toEqual(['settings', null]);
  });

  test('while nothing can be written says why', async () => {
    program.become(fakeAccount('a1', { keyState: 'missing' }));
    program.emit('session', program.info);
    await settled();
    app.logos.pasted(id, [png()]);
    expect([app.dialog, toasts()]).toEqual([null, ['The logo of Acme']]);
  });

  test('a paste with nothing selected asks for which', () => {
    app.logos.pasted(null, [png()]);
    expect(toasts()).toEqual(['For which organization?']);
  });
});
