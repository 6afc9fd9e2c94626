// axe finds nothing on the tabs of the panel, the pages of the provider and the
// dialogs of changes: light and dark.
import { after, before, beforeEach, test } from 'node:test';

import { assertAccessible } from '../lib/axe.mjs';
import { Tasks } from '../lib/tasks.mjs';
import { World } from '../lib/world.mjs';

let world, window, tasks, sample;
before(async () => {
  world = await World.start({ orgs: 30 });
  window = await world.signedIn();
  tasks = new Tasks(window);
  const { results } = await world.simulator.organizations();
  sample = results.find((o) => /^[A-Za-z]{4,} [A-Za-z]{3,}$/.test(o.name ?? ''));
  await tasks.open(sample);
  // A line for the history.
  await tasks.save('Contact name', 'Gale Winters');
  await tasks.notifications.getByRole('button', { name: 'Undo' }).waitFor();
});
after(() => world?.stop());
beforeEach(async () => {
  // A dialog that a test before left open is not this test's.
  while ((await window.page.getByRole('dialog').count()) > 0) await window.page.keyboard.press('Escape');
  await tasks.clearToasts();
});

async function looks(state) {
  for (const colorScheme of ['light', 'dark']) {
    await window.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await assertAccessible(window.page, `${state}, ${colorScheme}`);
  }
}

for (const { tab, words } of [
  { tab: 'Details', words: 'Contact e-mail' },
  { tab: 'Usage & Billing', words: 'Billing model' },
  { tab: 'Administrators', words: 'Local administrators' },
  { tab: 'History', words: 'Export CSV…' },
]) {
  test(`the tab ${tab} is accessible`, async () => {
    const shown = await tasks.tab(tab);
    await shown.getByText(words).first().waitFor();
    await looks(`the tab ${tab}`);
  });
}

const closing = async (dialog) => {
  await window.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
};

const dialogs = {
  'Add organization': () => window.page.keyboard.press('Control+n'),
  'Add many organizations from CSV': async () => {
    await window.page.keyboard.press('Control+n');
    await tasks
      .dialog('Add organization')
      .getByRole('button', { name: /^Add many/ })
      .click();
    await tasks
      .dialog('Add many')
      .locator('input[type="file"]')
      .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('name\nNew One\n=cmd\n') });
    await tasks.dialog('Add many').getByRole('row').filter({ hasText: 'New One' }).waitFor();
  },
  'Go to an organization': () => window.page.keyboard.press('Control+k'),
  'Prepare the removal of': async () => {
    await tasks.open(sample);
    await window.panel.getByRole('button', { name: 'Prepare a request' }).click();
  },
  'Take access to': async () => {
    await tasks.open(sample, 'Administrators');
    await window.panel.locator('button:not([aria-disabled])', { hasText: 'Take access…' }).first().click();
  },
  Delete: async () => {
    await tasks.open(sample, 'Administrators');
    await window.panel
      .locator('button:not([aria-disabled])', { hasText: /from the whole provider…/ })
      .first()
      .click();
    await tasks
      .dialog('Delete')
      .getByText(/will lose/)
      .waitFor();
  },
  'Give access to': async () => {
    await tasks.open(sample, 'Administrators');
    await window.panel.getByRole('button', { name: /^Give access/ }).click();
  },
};

for (const [name, open] of Object.entries(dialogs)) {
  test(`the dialog ${name} is accessible`, async () => {
    await open();
    const dialog = tasks.dialog(name);
    await dialog.waitFor();
    await looks(`the dialog ${name}`);
    await closing(dialog);
  });
}

test('a conflict and a change that failed are accessible', async () => {
  await tasks.open(sample);
  await tasks.field('Contact name').fill('Mine');
  await world.simulator.changeOrganization(sample.id, { contactName: 'Theirs' });
  await tasks.saveButton('Contact name').click();
  const dialog = tasks.dialog(/changed meanwhile$/);
  await dialog.waitFor();
  await looks('a conflict');
  await dialog.getByRole('button', { name: 'Keep theirs' }).click();
  await world.simulator.behaviour({ remoteAssistWrites: 'ignore' });
  await tasks.remoteAssist.click();
  await window.panel.getByRole('alert').filter({ hasText: 'Not applied' }).waitFor();
  await looks('a change that did not stick');
});

for (const { page, table, choose } of [
  { page: 'Administrators', table: 'Administrators' },
  { page: 'Administrators', table: 'Access of administrators to organizations', choose: 'Access matrix' },
  { page: 'Usage & Billing', table: 'Usage of organizations' },
  { page: 'Usage & Billing', table: 'Invoices', choose: 'Invoices' },
  { page: 'Activity', table: 'Activity' },
]) {
  test(`the page ${page} with ${table} is accessible`, async () => {
    await tasks.goTo(page);
    if (choose) await window.page.getByRole('radio', { name: choose }).check({ force: true });
    await window.page.getByRole('table', { name: table, exact: true }).waitFor();
    await looks(`${page}: ${table}`);
  });
}

test('the dialog Create administrator is accessible', async () => {
  await tasks.goTo('Administrators');
  await window.page.getByRole('button', { name: 'Create administrator' }).click();
  await tasks.dialog('Create administrator').waitFor();
  await looks('Create administrator');
});

test('the pages had no error of their own', () => world.assertClean());
