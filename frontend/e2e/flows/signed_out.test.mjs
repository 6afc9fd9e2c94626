// Nobody is signed in: a start asks for a key, and what was read stays readable.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Tasks } from '../lib/tasks.mjs';
import { World } from '../lib/world.mjs';

let world, window;
before(async () => {
  world = await World.start({ orgs: 40 });
  window = await world.signedIn();
});
after(() => world?.stop());

const known = () => window.page.getByRole('listitem').getByRole('button');

async function restart() {
  await window.page.context().close();
  await world.restartApp();
  window = await world.window();
  await window.keyField.waitFor();
}

test('after logging out, a start leads to the sign-in page, which offers the account', async () => {
  await new Tasks(window).logOut();
  await restart();
  await window.page.getByRole('heading', { name: 'Known on this computer' }).waitFor();
  assert.equal(await known().count(), 1);
});

test('what was read can be opened without a key', async () => {
  await known().click();
  await window.grid.waitFor();
  assert.equal(await window.rowCount(), 40);
  await window.page.getByRole('alert').filter({ hasText: 'No key for' }).waitFor();
});

test('having looked at it is no sign-in: the next start asks for a key again', async () => {
  await restart();
  assert.equal(await known().count(), 1);
  await window.signIn(world.simulator.apiKey);
  await window.grid.waitFor();
  await window.synced();
});

test('with a key, a start shows the list at once', async () => {
  await window.page.context().close();
  await world.restartApp();
  window = await world.window();
  await window.grid.waitFor();
  assert.equal(await window.rowCount(), 40);
  await world.assertClean();
});
