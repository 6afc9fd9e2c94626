import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeAccount, rejection } from '$lib/bridge/fake';
import type { LogoMatch, LogoPlan, LogoRecipe, ReadyLogo, TakenLogo } from '$lib/bridge/types_logos';
import { Rig, later, settled } from './rig';

const rested = () => vi.advanceTimersByTimeAsync(500);
const orgId = () => rig.rows[0]?.id ?? '';
const png = (name = 'acme.png') => new File([new Uint8Array(10)], name);

function file(fileName: string, organizationId: string, more: Partial<LogoMatch> = {}): LogoMatch {
  const facts = { match: 'name', bytes: 1, kind: 'PNG', width: 1, height: 1 };
  return { fileName, organizationId, organizationName: organizationId, ...facts, ...more };
}

let rig: Rig;
beforeEach(async () => {
  rig = new Rig();
  rig.program.become(fakeAccount('b1'));
  rig.program.become(fakeAccount('a1'));
  rig.program.pictures.files = [
    file('bad.png', 'x', {
      problem: { code: 'c', message: 'm', hint: '', retryable: false, retryAfterMs: 0 },
    }),
    file('odd.png', '', { match: 'none' }),
    file('acme.png', 'acme'),
    file('barlow.png', 'barlow'),
  ];
  rig.start();
  await settled();
});
afterEach(() => rig.end());

const scope = () => {
  if (!rig.app.scope) throw new Error('no scope');
  return rig.app.scope;
};
const batch = () => scope().logoBatch;
const kept = () => [...rig.program.pictures.kept];

describe('one picture of a folder', () => {
  test('the first that is to be set is looked at as soon as the folder is', async () => {
    await batch().look();
    await settled();
    const { fileName, taken, ready, busy } = batch().one;
    expect([fileName, taken?.fileName, ready?.width, busy]).toEqual(['acme.png', 'acme.png', 1200, false]);
    expect(kept()).toEqual([taken?.id]);
  });

  test('is made as suggested, and follows the recipe for all once it rests', async () => {
    await batch().look();
    await settled();
    const made = vi.fn(rig.program.logos.prepareLook);
    rig.program.logos = { ...rig.program.logos, prepareLook: made };
    batch().makeAll(true);
    for (const padding of [1, 2, 3]) batch().change({ padding });
    expect(made).not.toHaveBeenCalled();
    await rested();
    expect(made.mock.calls.map(([, , recipe]) => recipe.padding)).toEqual([3]);
    batch().makeAll(false);
    await rested();
    expect(made.mock.calls.at(-1)?.[2]).toEqual(batch().one.taken?.suggested);
  });

  test('another takes its place, and what came late is let go of', async () => {
    const answers = new Map<string, ReturnType<typeof later<TakenLogo>>>();
    await batch().look();
    await settled();
    const look = rig.program.logos.look;
    rig.program.logos = {
      ...rig.program.logos,
      look: (_, __, fileName) => {
        const answer = later<TakenLogo>();
        answers.set(fileName, answer);
        return answer.promise;
      },
    };
    batch().show('odd.png');
    batch().show('barlow.png');
    answers.get('odd.png')?.resolve(await look('a1', 'p1', 'odd.png'));
    await settled();
    expect([batch().one.taken, kept()]).toEqual([null, []]);
    answers.get('barlow.png')?.resolve(await look('a1', 'p1', 'barlow.png'));
    await settled();
    expect([batch().one.taken?.fileName, batch().one.ready?.width, kept().length]).toEqual([
      'barlow.png',
      1200,
      1,
    ]);
  });

  test('an older picture is never shown over what is wanted', async () => {
    await batch().look();
    await settled();
    const held: { recipe: LogoRecipe; answer: ReturnType<typeof later<ReadyLogo>> }[] = [];
    const make = rig.program.logos.prepareLook;
    rig.program.logos = {
      ...rig.program.logos,
      prepareLook: (_, __, recipe) => {
        const answer = later<ReadyLogo>();
        held.push({ recipe, answer });
        return answer.promise;
      },
    };
    const before = batch().one.ready;
    batch().makeAll(true);
    await rested();
    batch().change({ shape: 'keep' });
    held[0]?.answer.resolve(await make('a1', 't', held[0].recipe));
    await rested();
    expect([batch().one.ready, held.length, batch().one.busy]).toEqual([before, 2, true]);
    held[1]?.answer.resolve(await make('a1', 't', held[1].recipe));
    await settled();
    expect([batch().one.ready?.width, batch().one.busy]).toEqual([900, false]);
  });

  test('that cannot be read says why', async () => {
    await batch().look();
    rig.program.pictures.refusal = rejection('file_failed', 'It was changed.');
    batch().show('barlow.png');
    await settled();
    expect([batch().one.problem?.message, batch().one.ready]).toEqual(['It was changed.', null]);
  });

  test('is let go of when the dialog closes, and when a run has ended', async () => {
    await batch().look();
    await settled();
    batch().leave();
    expect([kept(), batch().one.fileName, batch().plan?.id]).toEqual([[], '', 'p1']);
    batch().show('acme.png');
    await settled();
    expect(kept().length).toBe(1);
    await batch().start();
    await batch().cancel();
    await settled();
    expect([batch().result?.state, kept()]).toEqual(['canceled', []]);
  });
});

describe('the looking at a folder', () => {
  const hold = () => {
    const answer = later<LogoPlan>();
    rig.program.logos = { ...rig.program.logos, plan: () => answer.promise };
    return answer;
  };
  const progress = (revision: number, looked: number, accountId = 'a1') =>
    rig.program.deliver('logo-plan', { accountId, revision, looked, total: 340 });

  test('tells how far it has come, the newest and of this account alone', () => {
    hold();
    progress(1, 5);
    void batch().look();
    progress(12, 120);
    progress(11, 110);
    progress(13, 130, 'b1');
    expect([batch().planning, batch().progress?.looked]).toEqual([true, 120]);
  });

  test('is stopped with the dialog, and what was there stays', async () => {
    await batch().look();
    const answer = hold();
    const looking = batch().look();
    batch().leave();
    expect([batch().planning, batch().asking, rig.program.log.at(-1)]).toEqual([false, false, 'stop plan']);
    answer.reject(rejection('canceled'));
    await looking;
    expect([batch().problem, batch().plan?.id]).toEqual([null, 'p1']);
    batch().leave();
    expect(rig.program.log.filter((line) => line === 'stop plan').length).toBe(1);
  });

  test('that comes to its end after it was stopped is dropped', async () => {
    const answer = hold();
    const looking = batch().look();
    batch().stopLooking();
    answer.resolve({ id: 'late', accountId: 'a1', folder: '', rows: [], skipped: 0 });
    await looking;
    expect(batch().plan).toBeNull();
  });
});

describe('what was taken for one organization', () => {
  const logo = () => {
    const held = scope().logo;
    if (!held) throw new Error('no logo is being set');
    return held;
  };
  beforeEach(async () => {
    rig.app.logos.open(orgId(), { files: [png()] });
    await rested();
  });

  test('is let go of when another comes in, and when its dialog closes', async () => {
    await logo().take([png('other.png')]);
    expect(kept()).toEqual([logo().taken?.id]);
    rig.app.logos.close(logo());
    expect(kept()).toEqual([]);
  });

  test('is let go of where it comes in after the dialog was closed', async () => {
    const answer = later<TakenLogo>();
    const { take } = rig.program.logos;
    rig.program.logos = { ...rig.program.logos, take: () => answer.promise };
    const taking = logo().take([png('late.png')]);
    rig.app.logos.close(logo());
    answer.resolve(await take('a1', orgId(), png('late.png')));
    await taking;
    expect(kept()).toEqual([]);
  });

  test('is not displaced while it is sent, and that is said', async () => {
    const { taken } = logo();
    rig.program.logos = { ...rig.program.logos, set: () => new Promise(() => {}) };
    void rig.app.logos.set(logo());
    await rig.app.logos.give(logo(), { files: [png('other.png')] });
    expect([logo().taken, rig.app.toasts.list.map(({ title }) => title)]).toEqual([
      taken,
      ['The picture was not taken'],
    ]);
  });
});
