// What a person chose is there again after a restart.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World } from '../lib/world.mjs';
import { until } from '../lib/wait.mjs';

let world, window;
before(async () => {
  world = await World.start({ orgs: 40 });
  window = await world.signedIn();
});
after(() => world?.stop());

const sorted = (name) => window.header(name).getAttribute('aria-sort');
const headers = () => window.grid.getByRole('columnheader').allInnerTexts();

/** Waits until the program has written down what was chosen, which the window shows before that. */
function kept(want) {
  return until('the settings to be kept', async () => {
    const { sortColumn, sortDescending, columns } = await window.page.evaluate(() =>
      window.go.bind.Shell.Settings(),
    );
    const devices = columns.find(({ id }) => id === 'devices')?.visible;
    assert.deepEqual({ sortColumn, sortDescending, devices }, want);
    return true;
  });
}

async function restart(signal) {
  await window.page.context().close();
  await world.restartApp(signal);
  window = await world.window();
  await window.grid.waitFor();
}

test('the sort and the columns are kept', async () => {
  await window.header('Current users').click();
  await until('the sort', async () => (await sorted('Current users')) === 'descending');
  await window.page.getByRole('button', { name: 'Columns' }).click();
  await window.page.getByRole('menuitemcheckbox', { name: 'Devices' }).click();
  await window.header('Devices').waitFor({ state: 'detached' });
  await window.page.keyboard.press('Escape');
  const before = await headers();
  await kept({ sortColumn: 'users', sortDescending: true, devices: false });

  await restart();
  assert.equal(await sorted('Current users'), 'descending');
  assert.deepEqual(await headers(), before);
});

test('the next change takes nothing of it away, nor does a crash', async () => {
  await window.header('Current users').click();
  await until('the other direction', async () => (await sorted('Current users')) === 'ascending');
  const before = await headers();
  await kept({ sortColumn: 'users', sortDescending: false, devices: false });
  await restart('SIGKILL');
  assert.equal(await sorted('Current users'), 'ascending');
  assert.deepEqual(await headers(), before);
});

test('nothing went wrong on the way', () => world.assertClean());
