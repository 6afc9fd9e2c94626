// The network goes away, the app starts without it, and it comes back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World } from '../lib/world.mjs';
import { until } from '../lib/wait.mjs';

let world, window, names, users;
before(async () => {
  world = await World.start({ orgs: 60 });
  window = await world.signedIn();
  names = await window.names();
  users = await figures();
});
after(() => world?.stop());

const offline = () => window.page.getByText(/offline/i).first();
const figures = async () => (await window.users()).slice(0, 8);

test('without the server the badge says so and every row stays', async () => {
  await world.simulator.stop();
  await window.syncButton.click();
  await offline().waitFor({ timeout: 90_000 });
  assert.equal(await window.rowCount(), 60);
  assert.deepEqual(await figures(), users);
});

test('a start without the server still shows everything', async () => {
  await window.page.context().close();
  await world.restartApp();
  window = await world.window();
  await window.grid.waitFor();
  assert.equal(await window.rowCount(), 60);
  assert.deepEqual(await window.names(), names);
  assert.deepEqual(await figures(), users);
  await offline().waitFor({ timeout: 90_000 });
  await window.search.fill(names[2].slice(0, 8));
  await window.row(names[2].slice(0, 8)).first().waitFor();
  await window.search.fill('');
});

test('a start after a crash shows everything too', async () => {
  await window.page.context().close();
  await world.restartApp('SIGKILL');
  window = await world.window();
  await window.grid.waitFor();
  assert.equal(await window.rowCount(), 60);
});

test('when the server is back a synchronisation succeeds and the badge goes', async () => {
  await world.simulator.resume();
  const added = await world.simulator.addOrganization({ name: 'Back Online Bakery' });
  assert.ok(added);
  await until(
    'the app to be online again',
    async () => {
      if (await window.page.getByRole('button', { name: 'Sync', exact: true }).isVisible()) {
        await window.syncButton.click();
      }
      await window.search.fill('Back Online');
      await window.row('Back Online Bakery').waitFor({ timeout: 4_000 });
      return true;
    },
    { timeout: 90_000, every: 1_000 },
  );
  await until('the badge to go', async () => !(await offline().isVisible()), { timeout: 30_000 });
});

test('the page had no error of its own', () => world.assertClean());
