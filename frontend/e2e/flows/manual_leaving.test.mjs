// The procedures of the portal's manual that end something: removing an
// organization and logging out.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';

import { Tasks } from '../lib/tasks.mjs';
import { World } from '../lib/world.mjs';

let world, window, tasks, sample, other;
before(async () => {
  world = await World.start({ orgs: 60 });
  window = await world.signedIn();
  tasks = new Tasks(window);
  [sample, other] = await world.plainOrganizations();
});
after(() => world?.stop());
beforeEach(async () => {
  await tasks.clearToasts();
  if (await window.search.isVisible()) await window.search.fill('');
});

const launched = (act) => world.launched(act);

test('Removing a Managed Org from the MTP', async () => {
  await world.simulator.changeOrganization(other.id, { users: 0, devices: 3 });
  await window.sync();
  await tasks.open(other);
  await window.panel.getByRole('button', { name: 'Prepare a request' }).click();
  const dialog = tasks.dialog('Prepare the removal of');
  await dialog.getByText(/0 users: nothing in the way/).waitFor();
  await dialog.getByText(/3 devices: to be removed/).waitFor();
  const draft = dialog.getByRole('textbox', { name: /^Request to/ });
  for (const { choice, words } of [
    { choice: /keep the organization active/, words: /keep|active/i },
    { choice: 'Delete the organization', words: /delete/i },
  ]) {
    await dialog.getByRole('radio', { name: choice }).check();
    const text = await draft.inputValue();
    assert.ok(text.includes(other.id) && text.includes(other.name), text);
    assert.match(text, words);
  }
  const [[link]] = await launched(() => dialog.getByRole('button', { name: 'Open in mail' }).click());
  assert.match(link, /^mailto:support@jumpcloud\.com\?/);
  assert.ok(decodeURIComponent(link).includes(other.id));
  await dialog.getByRole('button', { name: 'Copy the request' }).click();
  await dialog
    .getByText(/copied/i)
    .first()
    .waitFor();
  // Or in the browser: the page of JumpCloud Support takes no draft, so it goes by the clipboard.
  await window.page.evaluate(() => {
    const { ClipboardSetText } = window.runtime;
    window.runtime.ClipboardSetText = (text) => ClipboardSetText((window.copied = text));
  });
  const opened = await launched(() =>
    dialog.getByRole('button', { name: 'Copy and open the support page' }).click(),
  );
  assert.deepEqual(opened, [['https://support.jumpcloud.com/']]);
  await dialog.getByText(/Request copied\. Paste it into a new case/).waitFor();
  const copied = await window.page.evaluate(() => window.copied);
  assert.ok(copied.includes(other.id) && copied.includes(other.name), copied);
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await world.simulator.changeOrganization(other.id, { pendingDelete: true });
  await window.sync();
  await window.panel.getByText('Deletion requested.').waitFor();
  const history = await tasks.tab('History');
  await history.getByText('Deletion request changed').nth(1).waitFor();
  await tasks.tab('Details');
  await world.simulator.deleteOrganization(other.id);
  await window.sync();
  await window.panel.getByText(/Not listed since/).waitFor();
});

test('Logging out of your MTP', async () => {
  await window.page.getByRole('button', { name: 'Log out' }).click();
  const dialog = tasks.dialog('Log out of');
  await dialog.getByText(/forgets the API key on this computer/).waitFor();
  await dialog.getByText(/not revoked/).waitFor();
  await dialog.getByText(/browser stays signed in/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await tasks.logOut();
  assert.ok(await onDisk(sample.name), 'what was read went without being asked');

  await window.signIn(world.simulator.apiKey);
  await window.grid.waitFor();
  await window.synced();
  await tasks.logOut({ erase: true });
  assert.equal(await onDisk(sample.name), false, 'something of the account is left on the disk');
  assert.equal(await onDisk(world.simulator.apiKey), false, 'the key is on the disk');
  // It forgets the key, and does not end it.
  assert.ok((await world.simulator.organizations()).totalCount > 0);
});

test('To log out of your MTP Admin Portal', async () => {
  // The session there is that of the browser, in the console of the account's region.
  await window.signIn(world.simulator.apiKey, 'Europe · console.eu.jumpcloud.com');
  await window.grid.waitFor();
  await window.page.getByRole('button', { name: 'Log out' }).click();
  const dialog = tasks.dialog('Log out of');
  await dialog.getByText(/browser stays signed in/).waitFor();
  const opened = await launched(() =>
    dialog.getByRole('button', { name: 'Open the console to end the session' }).click(),
  );
  assert.deepEqual(opened, [['https://console.eu.jumpcloud.com/']]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  // Ending it there ends nothing here.
  await window.grid.waitFor();
});

async function onDisk(text) {
  const folder = world.desktop.folder('orgdeck');
  const { stdout } = await promisify(execFile)('grep', ['-rlaF', text, folder]).catch((error) => error);
  return stdout !== '';
}

test('nothing went wrong on the way', () => world.assertClean());
