// Usage, invoices and what happened: shown, searched and saved as files.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { after, before, beforeEach, test } from 'node:test';

import { safeInASpreadsheet, saved } from '../lib/saved.mjs';
import { Tasks } from '../lib/tasks.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, tasks, formula;
before(async () => {
  world = await World.start({ orgs: 30 });
  formula = await world.simulator.addOrganization({ name: '=HYPERLINK("http://x.example";"Acme")' });
  window = await world.signedIn();
  tasks = new Tasks(window);
});
after(() => world?.stop());
beforeEach(() => tasks.clearToasts());

const save = (act, ending) => saved(world, tasks, act, ending);
const exportButton = (within) => within.getByRole('button', { name: /^Export CSV/ });

test('the usage of all organizations has totals, and its file is safe in a spreadsheet', async () => {
  await tasks.goTo('Usage & Billing');
  const table = window.page.getByRole('table', { name: 'Usage of organizations' });
  await table.getByText('Total of 31').waitFor();
  const csv = (await save(() => exportButton(window.page).click(), '.csv')).data.toString();
  assert.ok(csv.includes('HYPERLINK'), 'the organization is missing');
  assert.ok(csv.trim().split('\n').length >= 32, 'rows are missing');
  safeInASpreadsheet(csv);
});

test('invoices are listed with their sums, and one is saved as a PDF and opened', async () => {
  await window.page.getByRole('radio', { name: 'Invoices' }).check({ force: true });
  const table = window.page.getByRole('table', { name: 'Invoices' });
  const button = table.getByRole('button', { name: /^Save PDF/ }).first();
  await button.waitFor();
  await window.page.getByText(/invoices? in USD: billed/).waitFor();
  const pdf = await save(() => button.click(), '.pdf');
  assert.equal(pdf.data.subarray(0, 5).toString(), '%PDF-');
  assert.match(pdf.data.toString('latin1'), /%%EOF\s*$/);
  const opened = await world.launched(() =>
    tasks.toast(pdf.name).getByRole('button', { name: 'Open', exact: true }).click(),
  );
  assert.deepEqual(opened, [[pathToFileURL(pdf.path).href]]);
});

test('the invoices are exported as they are listed', async () => {
  const { data, name } = await save(() => exportButton(window.page).click(), '.csv');
  assert.match(name, /^invoices-/);
  const csv = data.toString();
  const listed = await window.page.evaluate(async () => {
    const { currentAccountId } = await window.go.bind.Session.State();
    return (await window.go.bind.Billing.Invoices(currentAccountId)).invoices;
  });
  assert.ok(listed.length > 3);
  const lines = csv.trim().split('\r\n').slice(1);
  assert.deepEqual(
    lines.map((line) => line.split(',')),
    listed.map((row) => [
      row.id,
      new Date(row.dueAt * 1000).toISOString().slice(0, 10),
      row.currency,
      row.billed,
      row.paid,
      row.owed,
      row.status,
    ]),
  );
  safeInASpreadsheet(csv);
});

test('a PDF that is no PDF is not kept', async () => {
  await world.simulator.faults({ path: '/api/v2/providers/*/invoices/*', kind: 'html' });
  const button = window.page.getByRole('button', { name: /^Save PDF/ }).nth(1);
  await button.click();
  await tasks.notifications.locator('[data-severity="error"], [data-severity="warning"]').first().waitFor();
  await world.simulator.faults();
});

test('History tells what was done and what syncs noticed, and is exported', async () => {
  await tasks.open(formula);
  await tasks.save('Organization name', 'Acme, no formula');
  await window.panel.getByRole('heading', { name: 'Acme, no formula' }).waitFor();
  await world.simulator.changeOrganization(formula.id, { name: 'Acme of someone else' });
  await window.sync();
  const tab = await tasks.tab('History');
  await tab.getByText('Noticed by a sync').first().waitFor();
  await tab.getByText('Organization renamed').nth(1).waitFor();
  const csv = (await save(() => exportButton(tab).click(), '.csv')).data.toString();
  assert.ok(csv.includes('Acme, no formula') && csv.includes('Acme of someone else'));
  safeInASpreadsheet(csv.replaceAll('"Acme, no formula"', 'Acme'));
});

test('Activity is exported, searched and filtered', async () => {
  await tasks.goTo('Activity');
  const table = window.page.getByRole('table', { name: 'Activity' });
  await table.getByText('Signed in').first().waitFor();
  const csv = (await save(() => exportButton(window.page).click(), '.csv')).data.toString();
  assert.ok(csv.includes('HYPERLINK'), 'the old name of the organization is missing');
  safeInASpreadsheet(csv.replaceAll('"Acme, no formula"', 'Acme'));
  await window.page.getByRole('searchbox', { name: 'Search the activity' }).fill('someone else');
  await until('less', async () => Number(await table.getAttribute('aria-rowcount')) < 4);
  await table.getByText('Organization renamed').first().waitFor();
  await window.page.getByRole('searchbox', { name: 'Search the activity' }).fill('');
  await window.page.getByRole('combobox', { name: 'Source' }).selectOption('Done with Orgdeck');
  await until('nothing of a sync', async () => (await table.getByText('Noticed by a sync').count()) === 0);
  await window.page.getByRole('combobox', { name: 'Kind' }).selectOption('Invoice saved');
  await table.getByText('Invoice saved').first().waitFor();
});

test('Activity tells of an administrator whom somebody added elsewhere', async () => {
  await world.simulator.addAdministrator({ email: 'petra.elsewhere@example.com' });
  await window.sync();
  await tasks.goTo('Activity');
  await window.page.getByRole('combobox', { name: 'Source' }).selectOption({ index: 0 });
  await window.page.getByRole('combobox', { name: 'Kind' }).selectOption('Administrator added');
  const table = window.page.getByRole('table', { name: 'Activity' });
  const line = table.getByRole('row').filter({ hasText: 'petra.elsewhere@example.com' });
  await line.filter({ hasText: 'Noticed by a sync' }).waitFor();
});

test('nothing went wrong on the way', () => world.assertClean());
