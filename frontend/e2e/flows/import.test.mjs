// Adding many organizations from a CSV file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { safeInASpreadsheet, saved } from '../lib/saved.mjs';
import { Tasks } from '../lib/tasks.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, tasks, dialog, existing;
before(async () => {
  world = await World.start({ orgs: 30 });
  window = await world.signedIn();
  tasks = new Tasks(window);
  dialog = tasks.dialog('Add many organizations from CSV');
  const { results } = await world.simulator.organizations();
  existing = results.find((o) => /^[A-Za-z]{4,} [A-Za-z]{3,}$/.test(o.name ?? '')).name;
});
after(() => world?.stop());

async function choose(text, name = 'customers.csv') {
  if (!(await dialog.isVisible())) {
    await window.page.keyboard.press('Control+n');
    await tasks
      .dialog('Add organization')
      .getByRole('button', { name: /^Add many from CSV/ })
      .click();
  }
  await dialog.locator('input[type="file"]').setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.isBuffer(text) ? text : Buffer.from(text),
  });
}

const line = (words) => dialog.getByRole('row').filter({ hasText: words });
const created = async () => (await world.simulator.history()).filter((l) => l.method === 'POST').length;
const file = () =>
  [
    'name,maxSystemUsers',
    'Larkfield Timber,40',
    '"Oak, Ash & Thorn",',
    `${existing.toUpperCase()},5`,
    'larkfield timber,9',
    '=cmd|calc,1',
    'Copper Kettle Tearooms,12',
    'Half a Person,2.5',
    '',
  ].join('\r\n');

test('every row gets its verdict before anything is sent', async () => {
  await choose(`\uFEFF${file()}`);
  await line('Larkfield Timber').filter({ hasText: 'New' }).waitFor();
  await line('Oak, Ash & Thorn').filter({ hasText: 'New' }).waitFor();
  await line(existing.toUpperCase()).filter({ hasText: 'Exists already' }).waitFor();
  await line('larkfield timber').filter({ hasText: 'Line 2 has this name already' }).waitFor();
  await line('Line 6').filter({ hasText: 'Cannot be used' }).waitFor();
  await line('Line 8').filter({ hasText: 'Cannot be used' }).waitFor();
  assert.equal(await created(), 0);
});

test('the run adds what is new, once, and tells what it did', async () => {
  await dialog.getByRole('button', { name: 'Add 3 organizations' }).click();
  await dialog.getByText('The import is done.').waitFor();
  await dialog
    .getByText(/3 added/)
    .first()
    .waitFor();
  assert.equal(await created(), 3);
  const [timber] = await world.simulator.named('Larkfield Timber');
  assert.equal(timber.maxSystemUsers, 40);
  assert.equal((await world.simulator.named('Oak, Ash & Thorn')).length, 1);
  const result = await saved(
    world,
    tasks,
    () => dialog.getByRole('button', { name: /^Save the result/ }).click(),
    '.csv',
  );
  const csv = result.data.toString();
  for (const name of ['Larkfield Timber', 'Copper Kettle Tearooms', 'cmd|calc', 'Half a Person'])
    assert.ok(csv.includes(name), `the result does not tell of ${name}`);
  safeInASpreadsheet(csv);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await window.search.fill('Copper Kettle');
  await window.row('Copper Kettle Tearooms').waitFor();
  await window.search.fill('');
});

test('a second run of the same file adds nothing', async () => {
  await choose(file());
  await line('Larkfield Timber').filter({ hasText: 'Exists already' }).first().waitFor();
  const add = dialog.getByRole('button', { name: 'Add', exact: true });
  assert.equal(await add.getAttribute('aria-disabled'), 'true');
  await add.click({ force: true });
  assert.equal(await created(), 3);
});

test('semicolons are read as well', async () => {
  await choose('name;maxSystemUsers\nSemicolon Sisters;7\n');
  await line('Semicolon Sisters').filter({ hasText: 'New' }).waitFor();
});

for (const { name, text } of [
  { name: 'columns that are not known', text: 'customer,seats\nAcme,1\n' },
  { name: 'an empty file', text: '' },
  { name: 'a file that is not text', text: Buffer.from([0xff, 0xfe, 0x41, 0x00, 0xd8, 0x00]) },
  {
    name: 'more than 10,000 rows',
    text: `name\n${Array.from({ length: 10_001 }, (_, i) => `Org ${i}`).join('\n')}\n`,
  },
]) {
  test(`${name}: refused with words, nothing sent`, async () => {
    await choose(text);
    const alert = dialog.getByRole('alert').filter({ hasText: /\w/ });
    await alert.first().waitFor();
    assert.doesNotMatch(await alert.first().innerText(), /undefined|\[object|Error:/);
    assert.equal(await created(), 3);
  });
}

test('a run can be cancelled: what was added stays, the rest is not tried', async () => {
  await world.simulator.faults({ method: 'POST', path: '/api/v2/providers', kind: 'slow', delayMs: 200 });
  await choose(`name\n${Array.from({ length: 40 }, (_, i) => `Slowpoke Works ${i + 1}`).join('\n')}\n`);
  await dialog.getByRole('button', { name: 'Add 40 organizations' }).click();
  await until('a few to be added', async () => (await created()) > 4);
  await dialog.getByRole('button', { name: 'Cancel the import' }).click();
  await dialog.getByText(/The import was cancelled/).waitFor({ timeout: 30_000 });
  await world.simulator.faults();
  const added = (await created()) - 3;
  assert.ok(added < 40, `${added} were added`);
  await dialog.getByText(`${added} added`).first().waitFor();
  await dialog.getByRole('button', { name: /^Not tried/ }).waitFor();
});

test('JumpCloud asks for a pause: the dialog says until when, and the import goes on', async () => {
  const before = await created();
  const fault = { method: 'POST', path: '/api/v2/providers', kind: 'status', status: 429 };
  await world.simulator.faults({ ...fault, retryAfter: 2, times: 1 });
  await choose('name\nPatient Potters\nUnhurried Umbrellas\n');
  await dialog.getByRole('button', { name: 'Add 2 organizations' }).click();
  await dialog.getByText(/JumpCloud asks to wait; going on at/).waitFor();
  await dialog.getByText('The import is done.').waitFor();
  await world.simulator.faults();
  assert.equal(await created(), before + 2);
  assert.equal((await world.simulator.named('Patient Potters')).length, 1);
});

test('nothing went wrong on the way', () => world.assertClean());
