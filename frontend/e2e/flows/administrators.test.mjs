// Administrators: access taken and given, people created and deleted, each told
// apart, and each proven by what the server holds.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { Tasks } from '../lib/tasks.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, tasks, sample, other, self, person;
before(async () => {
  world = await World.start({ orgs: 30 });
  const { results } = await world.simulator.organizations();
  [sample, other] = results.filter((o) => /^[A-Za-z]{4,} [A-Za-z]{3,}$/.test(o.name ?? ''));
  [self] = await world.simulator.administrators();
  const { id } = await world.simulator.addAdministrator({
    email: 'petra.lund@northwind-msp.example',
    firstname: 'Petra',
    lastname: 'Lund',
    roleName: 'Manager',
    enableMultiFactor: false,
  });
  person = id;
  for (const organization of [sample, other]) await world.simulator.link(person, organization.id);
  window = await world.signedIn();
  tasks = new Tasks(window);
});
after(() => world?.stop());
beforeEach(() => tasks.clearToasts());

const record = async (id) => (await world.simulator.administrators()).find((one) => one.id === id);
const card = (words) => window.panel.getByRole('listitem').filter({ hasText: words });

test('the tab tells administrators of the provider from local ones', async () => {
  await tasks.open(sample, 'Administrators');
  await window.panel.getByRole('heading', { name: /^Provider administrators/ }).waitFor();
  await window.panel.getByRole('heading', { name: /^Local administrators/ }).waitFor();
  await card('petra.lund@').getByText('Manager').waitFor();
  await card('petra.lund@').getByText('No MFA').waitFor();
});

test('access to one organization is taken, and the administrator stays', async () => {
  const before = (await record(person)).organizationAccessTotal;
  await card('petra.lund@')
    .getByRole('button', { name: `Take access to ${sample.name} from Petra Lund…` })
    .click();
  const dialog = tasks.dialog(`Take access to ${sample.name} from Petra Lund`);
  await dialog.getByText(/stays in your provider and keeps every other organization/).waitFor();
  await dialog.getByRole('button', { name: 'Take access', exact: true }).click();
  await tasks.toast(`Petra Lund has no access to ${sample.name} any more`).waitFor();
  await card('petra.lund@').waitFor({ state: 'hidden' });
  assert.equal((await record(person)).organizationAccessTotal, before - 1);
});

test('access is given back', async () => {
  const before = (await record(person)).organizationAccessTotal;
  await window.panel.getByRole('button', { name: /^Give access/ }).click();
  const dialog = tasks.dialog(`Give access to ${sample.name}`);
  await dialog.getByRole('textbox').fill('petra');
  await dialog.getByRole('radio', { name: /Petra Lund/ }).check();
  await dialog.getByRole('button', { name: 'Give access', exact: true }).click();
  await card('petra.lund@').waitFor();
  assert.equal((await record(person)).organizationAccessTotal, before + 1);
});

test('access that someone else took meanwhile is told as it is', async () => {
  await world.simulator.link(person, sample.id, false);
  await card('petra.lund@')
    .getByRole('button', { name: /^Take access to/ })
    .click();
  await tasks.dialog('Take access to').getByRole('button', { name: 'Take access', exact: true }).click();
  await tasks.toast('It was so already').waitFor();
  assert.ok(await record(person));
});

test('nobody takes their own access or deletes themselves', async () => {
  for (const name of [/^Take access to/, /^Delete .* from the whole provider/]) {
    const button = card(self.email).getByRole('button', { name });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    assert.match(await button.getAttribute('title'), /This is you/);
  }
});

test('the last Administrator With Billing of an organization keeps the access, and the dialog says why', async () => {
  const billing = { roleName: 'Administrator With Billing', enableMultiFactor: true };
  const ids = [];
  for (const [firstname, lastname] of [
    ['Asta', 'Berg'],
    ['Kaj', 'Dahl'],
  ]) {
    const email = `${firstname}.${lastname}@northwind-msp.example`.toLowerCase();
    const { id } = await world.simulator.addAdministrator({ email, firstname, lastname, ...billing });
    await world.simulator.link(id, other.id);
    ids.push(id);
  }
  await tasks.open(other, 'Administrators');
  await card('kaj.dahl@').waitFor();
  // Meanwhile someone else gives the key's own administrator another role, and takes the others' access.
  await world.simulator.role('Administrator');
  const everyone = await world.simulator.administrators();
  const others = everyone.filter(({ id, roleName }) => roleName === billing.roleName && id !== ids[0]);
  for (const { id } of others) await world.simulator.link(id, other.id, false);
  await card('asta.berg@')
    .getByRole('button', { name: /^Take access to/ })
    .click();
  const dialog = tasks.dialog(`Take access to ${other.name} from Asta Berg`);
  await dialog.getByRole('button', { name: 'Take access', exact: true }).click();
  await dialog
    .getByRole('alert')
    .filter({ hasText: /last Administrator With Billing/ })
    .waitFor();
  assert.equal((await record(ids[0])).organizationAccessTotal, 1);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  // Now the list knows it as well.
  await card('kaj.dahl@').waitFor({ state: 'hidden' });
  const take = card('asta.berg@').getByRole('button', { name: /^Take access to/ });
  await until('the button to be off', async () => (await take.getAttribute('aria-disabled')) === 'true');
  assert.match(await take.getAttribute('title'), /last Administrator With Billing/);
  await world.simulator.role(billing.roleName);
  for (const { id } of others) await world.simulator.link(id, other.id);
});

test('the page does not say that access was read when the people alone were', async () => {
  await world.simulator.faults({
    method: 'GET',
    path: '/api/v2/administrators/*/organizationlinks',
    kind: 'status',
    status: 403,
  });
  await tasks.goTo('Administrators');
  await window.page.getByText('access not read in full yet').waitFor();
  await world.simulator.faults();
  await window.page.getByRole('button', { name: 'Refresh the administrators' }).click();
  await window.page.getByText('Read just now').waitFor();
  await tasks.goTo('Organizations');
});

test('the page lists everybody, finds by name and warns', async () => {
  await tasks.goTo('Administrators');
  const table = window.page.getByRole('table', { name: 'Administrators' });
  const all = await world.simulator.administrators();
  await until(
    'every administrator',
    async () => Number(await table.getAttribute('aria-rowcount')) === all.length + 1,
  );
  await window.page.getByRole('searchbox', { name: 'Search administrators' }).fill('petra');
  await until('one administrator', async () => Number(await table.getAttribute('aria-rowcount')) === 2);
  await table
    .getByRole('row', { name: /Petra Lund/ })
    .getByText(/MFA/)
    .first()
    .waitFor();
  await window.page.getByRole('radio', { name: 'Access matrix' }).check({ force: true });
  const matrix = window.page.getByRole('table', { name: 'Access of administrators to organizations' });
  await matrix.getByRole('row', { name: other.name }).getByText('has access').waitFor();
  await matrix.getByRole('row', { name: sample.name }).getByText('no access').waitFor();
  await window.page.getByRole('radio', { name: 'List', exact: true }).check({ force: true });
});

test('an administrator is created with chosen organizations', async () => {
  await window.page.getByRole('button', { name: 'Create administrator' }).click();
  const dialog = tasks.dialog('Create administrator');
  const create = dialog.getByRole('button', { name: 'Create administrator' });
  await create.click();
  await dialog.getByText('Enter an e-mail address.').waitFor();
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill('nils.holm@northwind-msp.example');
  await dialog.getByRole('textbox', { name: 'First name' }).fill('Nils');
  await dialog.getByRole('textbox', { name: 'Last name' }).fill('Holm');
  await dialog.getByRole('combobox', { name: /Role/ }).selectOption('Read Only');
  await dialog.getByRole('radio', { name: 'Chosen organizations' }).check();
  await dialog.getByRole('textbox', { name: 'Search organizations to give access to' }).fill(sample.name);
  await dialog.getByRole('group', { name: 'Organizations' }).getByRole('checkbox').first().check();
  await create.click();
  await tasks.toast('nils.holm@northwind-msp.example is an administrator now').waitFor({ timeout: 30_000 });
  const made = (await world.simulator.administrators()).find((one) => one.email.startsWith('nils.holm@'));
  assert.equal(made.roleName, 'Read Only');
  assert.equal(made.organizationAccessTotal, 1);
});

test('deleting from the whole provider needs the e-mail, typed', async () => {
  await window.page.getByRole('searchbox', { name: 'Search administrators' }).fill('petra');
  await window.page.getByRole('button', { name: 'Delete Petra Lund from the whole provider…' }).click();
  const dialog = tasks.dialog('Delete Petra Lund from the whole provider');
  const remove = dialog.getByRole('button', { name: 'Delete from the whole provider' });
  const total = (await record(person)).organizationAccessTotal;
  await dialog.getByText(new RegExp(`${total} organizations? will lose Petra Lund`)).waitFor();
  assert.ok(await remove.isDisabled());
  await dialog.getByRole('textbox').fill('petra.lund@elsewhere.example');
  assert.ok(await remove.isDisabled());
  await dialog.getByRole('textbox').fill('petra.lund@northwind-msp.example');
  await remove.click();
  await tasks.toast('Petra Lund was deleted from the whole provider').waitFor();
  assert.equal(await record(person), undefined);
});

test('nothing went wrong on the way', () => world.assertClean());
