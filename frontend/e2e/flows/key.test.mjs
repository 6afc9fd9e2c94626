// The key is replaced elsewhere: the cache stays, a new key goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World } from '../lib/world.mjs';

let world, window;
before(async () => {
  world = await World.start({ orgs: 50 });
  window = await world.signedIn();
});
after(() => world?.stop());

const banner = () =>
  window.page.getByText(/refused this key|key was refused|key is refused|no longer accept/i).first();

test('a key that stopped working is told, and every row stays', async () => {
  await world.simulator.replaceKey();
  await window.syncButton.click();
  await banner().waitFor({ timeout: 60_000 });
  assert.equal(await window.rowCount(), 50);
});

test('another wrong key is refused in the dialog', async () => {
  await window.page
    .getByRole('button', { name: /enter the new key|enter .*key/i })
    .first()
    .click();
  const dialog = window.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'API key' }).fill('jca_wrongAgain');
  await dialog.getByRole('button', { name: /sign in|use this key/i }).click();
  await dialog.getByRole('alert').filter({ hasText: /\w/ }).first().waitFor();
});

test('the key of another provider is refused in the dialog, and nothing changes', async () => {
  const dialog = window.page.getByRole('dialog');
  const before = await window.page.evaluate(() => window.go.bind.Session.State());
  const names = await window.names();
  await world.simulator.whileAnother('Borealis Managed IT', async (key) => {
    await dialog.getByRole('textbox', { name: 'API key' }).fill(key);
    await dialog.getByRole('button', { name: 'Use this key' }).click();
    const alert = dialog.getByRole('alert').filter({ hasText: 'This key is of another provider' });
    await alert.waitFor();
    assert.match(await alert.innerText(), /Nothing was kept.*add the other provider as an account/s);
  });
  await world.simulator.replaceKey();
  const after = await window.page.evaluate(() => window.go.bind.Session.State());
  assert.deepEqual(after.accounts, before.accounts);
  assert.equal(after.currentAccountId, before.currentAccountId);
  assert.deepEqual(await window.names(), names);
  assert.equal(await window.rowCount(), 50);
});

test('the new key goes on where the old one stopped', async () => {
  const dialog = window.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'API key' }).fill(world.simulator.apiKey);
  await dialog.getByRole('button', { name: /sign in|use this key/i }).click();
  await dialog.waitFor({ state: 'hidden' });
  await banner().waitFor({ state: 'hidden' });
  await world.simulator.addOrganization({ name: 'Newkey Nurseries' });
  await window.page.getByRole('button', { name: 'Sync', exact: true }).click({ timeout: 60_000 });
  await window.search.fill('Newkey');
  await window.row('Newkey Nurseries').waitFor({ timeout: 60_000 });
});

test('the new key survives a restart', async () => {
  await window.page.context().close();
  await world.restartApp();
  window = await world.window();
  await window.grid.waitFor();
  await world.app.trace('sync-done');
  assert.equal(await banner().isVisible(), false);
  await world.assertClean();
});
