// Usage, invoices and what happened: shown, searched and saved as files. A
// window that nobody sees asks for no place: files go into a folder of the data.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

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

// The file that an act saves.
async function saved(act, ending) {
  const folder = join(world.desktop.folder('orgdeck'), 'saved');
  const files = async () => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ending));
  const before = await files();
  await act();
  const name = await until(`a file that ends in ${ending}`, async () =>
    (await files()).find((file) => !before.includes(file)),
  );
  await tasks.notifications.getByText(name).first().waitFor();
  return readFile(join(folder, name));
}

const exportButton = (within) => within.getByRole('button', { name: /^Export CSV/ });

function safe(csv) {
  for (const cell of csv.split(/\r?\n|,/)) assert.doesNotMatch(cell, /^"?[=+@\t]/, `a formula: ${cell}`);
}

test('the usage of all organizations has totals, and its file is safe in a spreadsheet', async () => {
  await tasks.goTo('Usage & Billing');
  const table = window.page.getByRole('table', { name: 'Usage of organizations' });
  await table.getByText('Total of 31').waitFor();
  const csv = (await saved(() => exportButton(window.page).click(), '.csv')).toString();
  assert.ok(csv.includes('HYPERLINK'), 'the organization is missing');
  assert.ok(csv.trim().split('\n').length >= 32, 'rows are missing');
  safe(csv);
});

test('invoices are listed with their sums, and one is saved as a PDF', async () => {
  await window.page.getByRole('radio', { name: 'Invoices' }).check({ force: true });
  const table = window.page.getByRole('table', { name: 'Invoices' });
  const button = table.getByRole('button', { name: /^Save PDF/ }).first();
  await button.waitFor();
  await window.page.getByText(/invoices? in USD: billed/).waitFor();
  const pdf = await saved(() => button.click(), '.pdf');
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.match(pdf.toString('latin1'), /%%EOF\s*$/);
});

test('a PDF that is no PDF is not kept', async () => {
  await world.simulator.faults({ path: '/api/v2/providers/*/invoices/*', kind: 'html' });
  const button = window.page.getByRole('button', { name: /^Save PDF/ }).nth(1);
  await button.click();
  await tasks.notifications
    .locator('[data-severity="error"], [data-severity="warning"]')
    .first()
    .waitFor({ timeout: 10_000 });
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
  const csv = (await saved(() => exportButton(tab).click(), '.csv')).toString();
  assert.ok(csv.includes('Acme, no formula') && csv.includes('Acme of someone else'));
  safe(csv.replaceAll('"Acme, no formula"', 'Acme'));
});

test('Activity is searched and filtered', async () => {
  await tasks.goTo('Activity');
  const table = window.page.getByRole('table', { name: 'Activity' });
  await table.getByText('Signed in').first().waitFor();
  await window.page.getByRole('searchbox', { name: 'Search the activity' }).fill('someone else');
  await until('less', async () => Number(await table.getAttribute('aria-rowcount')) < 4);
  await table.getByText('Organization renamed').first().waitFor();
  await window.page.getByRole('searchbox', { name: 'Search the activity' }).fill('');
  await window.page.getByRole('combobox', { name: 'Source' }).selectOption('Done with Orgdeck');
  await until('nothing of a sync', async () => (await table.getByText('Noticed by a sync').count()) === 0);
  await window.page.getByRole('combobox', { name: 'Kind' }).selectOption('Invoice saved');
  await table.getByText('Invoice saved').first().waitFor();
});

test('nothing went wrong on the way', () => world.assertClean());
