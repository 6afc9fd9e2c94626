import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeProgram, fakeAccount, rejection } from '$lib/bridge/fake';
import type { Row } from '$lib/bridge/types';
import type { LogoRecipe, ReadyLogo } from '$lib/bridge/types_logos';
import { madeUpRows } from '$lib/table/search_bench';
import { AppState } from './app.svelte';

const settled = () => vi.advanceTimersByTimeAsync(0);
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
  program.rows.set('b1', [{ ...first, name: 'Of the other account', logo: '/logo/other' }]);
  program.become(fakeAccount('b1'));
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
const shown = () => scope().organizations.row(id)?.logo;
const toasts = () => app.toasts.list.map(({ title }) => title);

/** Opens the dialog with a picture that is made. */
async function ready(orgId = id): Promise<void> {
  app.logos.open(orgId, { files: [png()] });
  await rested();
}

/** Lets the test say when each picture is made. */
function holdMaking() {
  const make = program.logos.prepare;
  const held: { recipe: LogoRecipe; go: () => Promise<void> }[] = [];
  program.logos = {
    ...program.logos,
    prepare: (accountId, orgId, takenId, recipe) =>
      new Promise<ReadyLogo>((resolve) => {
        const go = async () => {
          resolve(await make(accountId, orgId, takenId, recipe));
          await settled();
        };
        held.push({ recipe, go });
      }),
  };
  return held;
}

describe('making', () => {
  test('a picture is made by the suggested recipe as soon as it came in', async () => {
    await ready();
    expect(app.dialog).toBe('logo');
    expect(logo().recipe).toEqual(logo().taken?.suggested);
    expect([logo().ready?.width, logo().stale, logo().canSet]).toEqual([1200, false, true]);
    expect(program.log).toEqual([]);
  });

  test('changes are made once they rest, and only the last of them', async () => {
    await ready();
    const held = holdMaking();
    for (const padding of [1, 2, 3]) logo().change({ padding });
    expect([held.length, logo().stale, logo().canSet]).toEqual([0, true, false]);
    await rested();
    expect(held.map(({ recipe }) => recipe.padding)).toEqual([3]);
    await held[0]?.go();
    expect([logo().stale, logo().canSet]).toEqual([false, true]);
  });

  test('an older picture is never shown over what is wanted', async () => {
    await ready();
    const before = logo().ready;
    const held = holdMaking();
    logo().change({ padding: 20 });
    await rested();
    logo().change({ padding: 5 });
    await held[0]?.go();
    expect(logo().ready).toBe(before);
    expect([logo().stale, held.length]).toEqual([true, 2]);
    await held[1]?.go();
    await rested();
    expect([logo().stale, held.length, held[1]?.recipe.padding]).toEqual([false, 2, 5]);
  });

  test('starting over goes back to what was suggested', async () => {
    await ready();
    logo().change({ shape: 'keep', padding: 25 });
    await rested();
    expect(logo().ready?.width).toBe(900);
    logo().startOver();
    await rested();
    expect([logo().recipe, logo().ready?.width]).toEqual([logo().taken?.suggested, 1200]);
  });

  test('a failed making keeps the picture before, says why and can be tried again', async () => {
    await ready();
    const make = program.logos.prepare;
    program.logos = { ...program.logos, prepare: () => Promise.reject(rejection('internal')) };
    logo().change({ padding: 1 });
    await rested();
    expect([logo().problem?.code, logo().ready?.width, logo().canSet]).toEqual(['internal', 1200, false]);
    program.logos = { ...program.logos, prepare: make };
    logo().retry();
    await rested();
    expect([logo().problem, logo().canSet]).toEqual([null, true]);
  });

  test('a refused picture keeps the one before', async () => {
    await ready();
    const { taken } = logo();
    program.pictures.refusal = rejection('invalid_input', 'It is an SVG drawing.');
    await logo().take([png('drawing.svg')]);
    expect([logo().problem?.message, logo().taken]).toEqual(['It is an SVG drawing.', taken]);
  });

  test.each([
    ['an empty file', [png('x.png', 0)]],
    ['two files', [png(), png()]],
    ['one that is too large', [{ name: 'x.png', size: 65 * 1024 * 1024 } as File]],
    ['none', []],
  ])('%s is not even handed over', async (_, files) => {
    app.logos.open(id);
    let asked = false;
    program.logos = { ...program.logos, take: () => Promise.reject((asked = true)) };
    await logo().take(files);
    expect([asked, logo().problem?.code, logo().taken]).toEqual([false, 'invalid_input', null]);
  });

  test('what comes for another organization is dropped', async () => {
    app.logos.open(id);
    const take = program.logos.take;
    program.logos = { ...program.logos, take: (account, _, file) => take(account, second.id, file) };
    await logo().take([png()]);
    expect([logo().taken, logo().taking]).toEqual([null, false]);
  });

  test('a picture that comes in late is not shown in the dialog of another organization', async () => {
    const held = holdMaking();
    app.logos.open(id, { files: [png()] });
    await settled();
    const old = logo();
    app.logos.close(old);
    app.dialog = null;
    app.logos.open(second.id);
    await held[0]?.go();
    expect([old.ready, logo().orgId, logo().ready]).toEqual([null, second.id, null]);
  });
});

describe('setting', () => {
  test('applied: the row has it, the dialog is closed, it can be undone', async () => {
    await ready();
    const path = logo().ready?.path;
    await app.logos.set(logo());
    expect([shown(), app.dialog, scope().logo]).toEqual([path, null, null]);
    expect(app.toasts.list.map((toast) => toast.actions.map(({ label }) => label))).toEqual([['Undo']]);
  });

  test.each([
    ['ignored', 'not_applied'],
    ['lost', 'uncertain'],
  ] as const)('%s: it stays open, says so, keeps the picture', async (behaviour, state) => {
    await ready();
    program.pictures.behaviour = behaviour;
    await app.logos.set(logo());
    expect([logo().outcome?.state, app.dialog, shown()]).toEqual([state, 'logo', '/logo/old']);
    expect([logo().canSet, toasts()]).toEqual([true, []]);
  });

  test('a refusal keeps the picture and says why', async () => {
    await ready();
    program.logos = { ...program.logos, set: () => Promise.reject(rejection('forbidden', 'Not yours.')) };
    await app.logos.set(logo());
    expect([logo().problem?.message, app.dialog, logo().canSet]).toEqual(['Not yours.', 'logo', true]);
  });

  test('changed meanwhile: overwriting says what was seen', async () => {
    await ready();
    program.pictures.elsewhere.set(id, '/logo/theirs');
    await app.logos.set(logo());
    expect([logo().outcome?.state, shown()]).toEqual(['conflict', '/logo/theirs']);
    await app.logos.set(logo(), true);
    expect([app.dialog, shown()?.startsWith('data:')]).toEqual([null, true]);
    expect(program.log).toEqual(['logo set', 'logo set overwriting']);
  });

  test('changed meanwhile: keeping theirs closes it and sends nothing more', async () => {
    await ready();
    program.pictures.elsewhere.set(id, '/logo/theirs');
    await app.logos.set(logo());
    app.logos.keepTheirs(logo());
    expect([app.dialog, shown(), program.log.length]).toEqual([null, '/logo/theirs', 1]);
  });

  test('removed: the row has none', async () => {
    app.logos.askToRemove(id);
    expect(app.dialog).toBe('remove-logo');
    await app.logos.remove(logo());
    expect([shown(), app.dialog]).toEqual(['', null]);
  });

  test('what comes of it is not told beside another account', async () => {
    await ready();
    const held = logo();
    const sent = app.logos.set(held);
    await program.session.select('b1');
    program.emit('session', program.info);
    await sent;
    await settled();
    expect([app.dialog, scope().accountId, scope().logo, toasts()]).toEqual([null, 'b1', null, []]);
    expect(shown()).toBe('/logo/other');
  });

  test('by hand: the picture is saved, then the console is opened', async () => {
    await ready();
    const words = await app.logos.byHand(logo());
    expect(program.log).toEqual([`save logo ${id}`, `launch ${id}`]);
    expect(words).toContain('Customize Logo');
  });
});
