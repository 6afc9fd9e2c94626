// A console that does not open: the window says so and says what to do, and the
// history does not call it done.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World } from '../lib/world.mjs';

let world, window, sample, address;
before(async () => {
  world = await World.start({ orgs: 30 });
  window = await world.signedIn();
  await window.idle();
  [sample] = await world.plainOrganizations();
  address = `https://console.jumpcloud.com/?orgId=${sample.id}`;
});
after(() => world?.stop());

async function launch() {
  await window.search.fill(sample.id);
  await window.openPanel(sample.name);
  await window.panel.getByRole('button', { name: /^Launch/ }).click();
}

/** How each launch so far ended, newest first. */
function results() {
  return window.page.evaluate(async (org) => {
    const { currentAccountId } = await window.go.bind.Session.State();
    const page = await window.go.bind.History.Activities(currentAccountId, org, { kinds: ['launch'] });
    return page.lines.map((line) => line.result);
  }, sample.id);
}

async function refused() {
  const told = window.page.locator('[data-severity="error"]').filter({ hasText: 'The browser did not open' });
  await told.first().waitFor();
  assert.ok((await told.first().innerText()).includes(address), 'the address to open is not named');
  assert.equal(await window.page.getByText(/opens in your browser|^Opened /).count(), 0);
}

test('a browser that cannot be started is no success', async () => {
  await world.desktop.browser({ fails: true });
  await launch();
  await refused();
  assert.deepEqual(await results(), ['launch_failed']);
});

test('a browser that stays open is one, and nothing waits for its end', async () => {
  await world.desktop.browser({ stays: true });
  assert.deepEqual(await world.launched(launch), [[address]]);
  await window.page.getByText(`${sample.name} opens in your browser`).first().waitFor();
  assert.deepEqual(await results(), ['ok', 'launch_failed']);
});

test('a system without a browser is told of', async () => {
  await window.page.context().close();
  await world.restartApp('SIGTERM', { PATH: world.desktop.folder('nothing') });
  window = await world.window();
  await window.grid.waitFor();
  await launch();
  await refused();
  assert.deepEqual(await results(), ['launch_failed', 'ok', 'launch_failed']);
});

test('nothing else went wrong', () => world.assertClean());
