// The key is replaced elsewhere: the cache stays, a new key goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Tasks } from '../lib/tasks.mjs';
import { World } from '../lib/world.mjs';

const DRAFT = 'Drafted With The Old Key';

let world, window, tasks;
before(async () => {
  world = await World.start({ orgs: 50 });
  window = await world.signedIn();
  tasks = new Tasks(window);
});
after(() => world?.stop());

const banner = () =>
  window.page.getByText(/refused this key|key was refused|key is refused|no longer accept/i).first();

test('a key that stopped working is told, and every row stays', async () => {
  const [organization] = await world.plainOrganizations();
  await tasks.open(organization);
  await tasks.field('Organization name').fill(DRAFT);
  await world.simulator.replaceKey();
  await tasks.saveButton('Organization name').click();
  await window.panel.getByRole('alert').filter({ hasText: /key/i }).waitFor();
  await window.search.fill('');
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

test('a key that is too long is told to be, not cut', async () => {
  const dialog = window.page.getByRole('dialog');
  const field = dialog.getByRole('textbox', { name: 'API key' });
  // A key pasted twice over, as no key is.
  await field.fill('k'.repeat(1025));
  assert.equal((await field.inputValue()).length, 1025);
  await dialog.getByRole('button', { name: 'Use this key' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'too long to be an API key' }).waitFor();
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
  // What was typed before is there, and can be sent now.
  assert.equal(await tasks.field('Organization name').inputValue(), DRAFT);
  await tasks.saveButton('Organization name').click();
  await window.panel.getByRole('heading', { name: DRAFT }).waitFor();
  assert.equal((await world.simulator.named(DRAFT)).length, 1);
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
