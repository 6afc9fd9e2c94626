// The procedures of the portal's manual on managing organizations, one test
// each and named as there, proven by what the server holds afterwards.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { Tasks } from '../lib/tasks.mjs';
import { until } from '../lib/wait.mjs';
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

const consoleOf = (organization) => [[`https://console.jumpcloud.com/?orgId=${organization.id}`]];

test('Adding a Managed Org to the MTP', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Add organization' }).click();
  const dialog = tasks.dialog('Add organization');
  const add = dialog.getByRole('button', { name: 'Add', exact: true });
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await add.click();
  await dialog.getByText('Enter a name.').waitFor();
  await name.fill(` ${sample.name.toUpperCase()} `);
  await dialog.getByText(/named .* already/).waitFor();
  await add.click();
  assert.deepEqual(await world.simulator.history(), [], 'a name that is taken was sent');

  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+n');
  await name.fill('  Harbour Light Pottery ');
  await dialog.getByRole('textbox', { name: /User cap/ }).fill('25');
  const newest = await page.evaluate(() => window.e2e.running);
  await page.keyboard.press('Enter');
  await window.panel.getByRole('heading', { name: 'Harbour Light Pottery' }).waitFor();
  await window.row('Harbour Light Pottery').waitFor();
  assert.equal(await page.evaluate(() => window.e2e.running), newest, 'it took a synchronisation');
  const held = await world.simulator.named('Harbour Light Pottery');
  assert.equal(held.length, 1);
  assert.equal(held[0].maxSystemUsers, 25);
  assert.equal((await world.simulator.history()).filter((line) => line.method === 'POST').length, 1);
});

test('Adding a Managed Org to the MTP, step 4: its name is changed afterwards', async () => {
  const [added] = await world.simulator.named('Harbour Light Pottery');
  await tasks.open(added);
  await tasks.save('Organization name', 'Harbour Light Potters');
  await window.panel.getByRole('heading', { name: 'Harbour Light Potters' }).waitFor();
  await window.row('Harbour Light Potters').waitFor();
  assert.equal((await world.simulator.organization(added.id)).name, 'Harbour Light Potters');
  // F2 in the list leads to the same field.
  await window.panel.getByRole('button', { name: 'Close' }).click();
  await window.panel.waitFor({ state: 'hidden' });
  await until('the row to have the focus', () =>
    window.page.evaluate(() => document.activeElement?.closest('[role="row"]') !== null),
  );
  await window.page.keyboard.press('F2');
  await until('the name to have the focus', () =>
    tasks.field('Organization name').evaluate((field) => field === document.activeElement),
  );
  await window.page.keyboard.type('Harbour Light Studio');
  await window.page.keyboard.press('Enter');
  await until(
    'the second name at the server',
    async () => (await world.simulator.organization(added.id)).name === 'Harbour Light Studio',
  );
  await window.panel.getByRole('heading', { name: 'Harbour Light Studio' }).waitFor();
});

test('Launching a Managed Org from the MTP: from the list and its panel', async () => {
  await tasks.open(sample);
  const fromPanel = await launched(() => window.panel.getByRole('button', { name: /^Launch/ }).click());
  assert.deepEqual(fromPanel, consoleOf(sample));
  const fromMenu = await launched(async () => {
    await window.row(sample.name).first().click({ button: 'right' });
    await window.page.getByRole('menuitem', { name: /^Launch/ }).click();
  });
  assert.deepEqual(fromMenu, consoleOf(sample));
});

test('Launching a Managed Org from the MTP: from the Multi-Tenant Portal menu, here the switcher', async () => {
  const jump = async (words) => {
    await window.page.keyboard.press('Control+k');
    const box = tasks.dialog('Go to an organization').getByRole('combobox');
    await box.fill(words);
    await tasks.dialog('Go to').getByRole('option').first().waitFor();
  };
  await jump(other.name);
  assert.deepEqual(await launched(() => window.page.keyboard.press('Control+Enter')), consoleOf(other));
  await jump(sample.id);
  await window.page.keyboard.press('Enter');
  await window.panel.getByRole('heading', { name: sample.name }).waitFor();
  // Where a person was lately leads the list.
  await window.page.keyboard.press('Control+k');
  const first = tasks.dialog('Go to').getByRole('option').first();
  await first.filter({ hasText: 'Recent' }).waitFor();
  await window.page.keyboard.press('Escape');
});

test('Viewing Details for a Managed Org: the columns', async () => {
  for (const name of [
    'Logo',
    'Remote Assist',
    'Organization name',
    'Current users',
    'Devices',
    'Applications',
  ])
    await window.header(name).waitFor();
  await window.search.fill(sample.id);
  const held = await world.simulator.organization(sample.id);
  const cells = window.row(sample.name).first().getByRole('gridcell');
  const figures = (await cells.allInnerTexts()).map((text) => text.replace(/[^\d]/g, ''));
  assert.ok(figures.includes(String(held.devices)), `devices: ${figures}, not ${held.devices}`);
  assert.ok(figures.includes(String(held.samlApplications)), `applications: ${figures}`);
});

test('Viewing Details for a Managed Org: launch, ID, Remote Assist and name', async () => {
  await tasks.open(sample);
  await window.panel.getByText(sample.id).waitFor();
  await window.panel.getByRole('button', { name: 'Copy organization ID' }).click();
  await window.page.getByRole('status').filter({ hasText: /cop/i }).first().waitFor();
  await world.simulator.changeOrganization(sample.id, { remoteAssist: true });
  await window.sync();
  await until(
    'the switch to be on',
    async () => (await tasks.remoteAssist.getAttribute('aria-checked')) === 'true',
  );
  await tasks.remoteAssist.click();
  await until(
    'the switch to be off',
    async () => (await tasks.remoteAssist.getAttribute('aria-checked')) === 'false',
  );
  assert.equal((await world.simulator.organization(sample.id)).remoteAssist, false);
  await tasks.remoteAssist.click();
  await until(
    'the switch to be on',
    async () => (await tasks.remoteAssist.getAttribute('aria-checked')) === 'true',
  );
  assert.equal((await world.simulator.organization(sample.id)).remoteAssist, true);
  await tasks.save('User cap', '1234');
  await tasks.save('Contact name', 'Ada Brook');
  await until('the cap and the contact at the server', async () => {
    const held = await world.simulator.organization(sample.id);
    return held.maxSystemUsers === 1234 && held.contactName === 'Ada Brook';
  });
});

test('Viewing Details for a Managed Org: Usage & Billing', async () => {
  await tasks.open(sample, 'Usage & Billing');
  const tab = window.panel.getByRole('tabpanel');
  const held = await world.simulator.organization(sample.id);
  await tab.getByText(held.users.toLocaleString('en-US'), { exact: true }).first().waitFor();
  await tab.getByText('of 1,234 (user cap)').waitFor();
  await tab.getByText(/As Orgdeck’s syncs saw it since/).waitFor();
  await tasks.goTo('Usage & Billing');
  const table = window.page.getByRole('table', { name: 'Usage of organizations' });
  await window.page.getByRole('searchbox', { name: 'Search the usage' }).fill(sample.id);
  await table
    .getByRole('row', { name: new RegExp(sample.name) })
    .getByText('1,234')
    .waitFor();
  await tasks.goTo('Organizations');
});

test('Viewing Details for a Managed Org: Administrators are viewed and deleted', async () => {
  const { id } = await world.simulator.addAdministrator({
    email: 'otto.quill@northwind-msp.example',
    firstname: 'Otto',
    lastname: 'Quill',
    roleName: 'Help Desk',
  });
  await world.simulator.link(id, sample.id);
  await world.simulator.link(id, other.id);
  await tasks.open(sample, 'Administrators');
  const card = window.panel.getByRole('listitem').filter({ hasText: 'otto.quill@' });
  await card.getByText('Help Desk').waitFor();
  await card.getByRole('button', { name: /Delete Otto Quill from the whole provider/ }).click();
  const dialog = tasks.dialog('Delete Otto Quill from the whole provider');
  await dialog.getByText(/2 organizations will lose Otto Quill/).waitFor();
  await dialog.getByRole('textbox').fill('otto.quill@northwind-msp.example');
  await dialog.getByRole('button', { name: 'Delete from the whole provider' }).click();
  await tasks.toast('Otto Quill was deleted').waitFor();
  await card.waitFor({ state: 'hidden' });
  assert.ok(!(await world.simulator.administrators()).some((one) => one.id === id));
});

test('Setting a Logo for a Managed Org: the way to its console', async () => {
  await tasks.open(sample);
  const opened = await launched(() => window.panel.getByRole('button', { name: /^Launch/ }).click());
  assert.deepEqual(opened, consoleOf(sample));
});

test('nothing went wrong on the way', () => world.assertClean());
