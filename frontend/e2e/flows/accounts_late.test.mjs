// What a call comes to after its dialog was left: it must not touch what is shown by then.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World } from '../lib/world.mjs';

let world, window, page;
before(async () => {
  world = await World.start({ orgs: 20, seed: 11, args: ['--demo-orgs', '20'] });
  window = await world.signedIn();
  page = window.page;
});
after(() => world?.stop());

const dialog = () => page.getByRole('dialog');

async function choose(item) {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /(US|Demo)$/ })
    .click();
  await page.getByRole('menu', { name: 'Accounts' }).getByRole('menuitem', { name: item }).click();
}

/** Holds back the answers of a bound method; gives what lets them go. */
async function hold(area, method) {
  await page.evaluate(
    ([area, method]) => {
      const bound = window.go.bind[area];
      const call = bound[method];
      const released = new Promise((resolve) => (window.release = resolve));
      bound[method] = (...args) => call(...args).finally(() => released);
    },
    [area, method],
  );
  return async () => {
    // Until what follows the answer has been drawn: the state is asked for, and then comes a frame.
    await page.evaluate(async () => {
      const asked = new Promise((done) => {
        const state = window.go.bind.Session.State;
        window.go.bind.Session.State = async () => {
          const answer = await state();
          done();
          return answer;
        };
      });
      window.release();
      await asked;
      for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    });
  };
}

test('a dialog opened before a slow answer stays when the answer comes', async () => {
  const release = await hold('Session', 'ExploreDemo');
  await choose('Add an account…');
  await dialog().getByRole('button', { name: 'Explore the demo' }).click();
  // The program tells of the account before it answers.
  await dialog().waitFor({ state: 'hidden' });
  await choose('Rename account…');
  const field = dialog().getByRole('textbox', { name: 'Name of the account' });
  await field.fill('Typed meanwhile');
  await release();
  assert.equal(await field.inputValue({ timeout: 2_000 }), 'Typed meanwhile');
  await world.assertClean();
});
