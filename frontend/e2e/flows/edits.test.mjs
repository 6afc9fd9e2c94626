// What can go wrong with a change: what the person is told is what the server
// holds, a failed change keeps what was typed, and nothing is sent twice.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { Tasks } from '../lib/tasks.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, tasks;
before(async () => {
  world = await World.start({ orgs: 40 });
  window = await world.signedIn();
  tasks = new Tasks(window);
});
after(() => world?.stop());
beforeEach(async () => {
  await world.simulator.faults();
  await world.simulator.behaviour({ remoteAssistWrites: 'apply', renameWrites: 'apply' });
  await tasks.clearToasts();
});

// Each test has an organization of its own, which nothing was done to.
let made = 0;
async function fresh(fields = {}) {
  made += 1;
  const organization = await world.simulator.addOrganization({
    name: `Wickerwork Lot ${made}`,
    contactName: 'Ann Weaver',
    remoteAssist: true,
    ...fields,
  });
  await window.sync();
  await tasks.open(organization);
  return organization;
}

const held = (organization) => world.simulator.organization(organization.id);
const writes = async (organization) =>
  (await world.simulator.history()).filter((line) => line.organization === organization.id);
const checked = (state) =>
  until(
    `the switch to be ${state}`,
    async () => (await tasks.remoteAssist.getAttribute('aria-checked')) === state,
  );

test('a conflict shows both values; keeping theirs changes nothing', async () => {
  const organization = await fresh();
  await tasks.field('Organization name').fill('Mine');
  await world.simulator.changeOrganization(organization.id, { name: 'Theirs Entirely' });
  await tasks.saveButton('Organization name').click();
  const dialog = tasks.dialog(`${organization.name}, now called Theirs Entirely, was changed meanwhile`);
  await dialog.getByText('“Theirs Entirely”', { exact: true }).waitFor();
  await dialog.getByText('“Mine”', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Keep theirs' }).click();
  await window.panel.getByRole('heading', { name: 'Theirs Entirely' }).waitFor();
  assert.equal(await tasks.field('Organization name').inputValue(), 'Theirs Entirely');
  assert.equal((await held(organization)).name, 'Theirs Entirely');
  assert.deepEqual(await writes(organization), []);
});

test('a conflict can be overwritten', async () => {
  const organization = await fresh();
  await tasks.field('Contact name').fill('Mine Again');
  await world.simulator.changeOrganization(organization.id, { contactName: 'Someone Else' });
  await tasks.saveButton('Contact name').click();
  await tasks
    .dialog(/changed meanwhile$/)
    .getByRole('button', { name: 'Overwrite' })
    .click();
  await tasks.toast('Mine Again').waitFor();
  assert.equal((await held(organization)).contactName, 'Mine Again');
  assert.equal((await writes(organization)).length, 1);
});

test('Remote Assist that did not stick is never shown as done', async () => {
  const organization = await fresh();
  await checked('true');
  await world.simulator.behaviour({ remoteAssistWrites: 'ignore' });
  await tasks.remoteAssist.click();
  const notice = window.panel.getByRole('alert').filter({ hasText: 'Not applied' });
  await notice.waitFor();
  await checked('true');
  assert.equal((await held(organization)).remoteAssist, true);
  const earlier = (await world.desktop.opened()).length;
  await notice.getByRole('button', { name: 'Open the console' }).click();
  const [[link]] = await until('the console', async () => {
    const all = await world.desktop.opened();
    return all.length > earlier && all.slice(earlier);
  });
  assert.equal(link, `https://console.jumpcloud.com/?orgId=${organization.id}`);
});

test('a change that JumpCloud refuses is told, with who can grant it, and the draft stays', async () => {
  const organization = await fresh();
  await world.simulator.behaviour({ renameWrites: 'refuse' });
  await tasks.save('Organization name', 'Refused Name');
  await window.panel
    .getByRole('alert')
    .filter({ hasText: /refus|not allow|may not/i })
    .waitFor();
  assert.equal(await tasks.field('Organization name').inputValue(), 'Refused Name');
  assert.equal((await held(organization)).name, organization.name);
  await world.simulator.behaviour({ renameWrites: 'apply' });
  await tasks.saveButton('Organization name').click();
  await window.panel.getByRole('heading', { name: 'Refused Name' }).waitFor();
  assert.equal((await held(organization)).name, 'Refused Name');
});

test('a lost answer is looked up: what was applied is told as applied, and sent once', async () => {
  const organization = await fresh();
  await world.simulator.faults({ method: 'PUT', orgId: organization.id, kind: 'lost' });
  await tasks.save('Organization name', 'Lost Answer Ltd');
  await tasks.toast(/answer to the change was lost, but JumpCloud has it/).waitFor({ timeout: 60_000 });
  assert.equal((await held(organization)).name, 'Lost Answer Ltd');
  assert.equal((await writes(organization)).length, 1);
});

test('an added organization whose answer is lost is found, and there once', async () => {
  await world.simulator.faults({ method: 'POST', path: '/api/v2/providers', kind: 'lost', times: 1 });
  await window.page.keyboard.press('Control+n');
  const dialog = tasks.dialog('Add organization');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Once Only Foundry');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await window.panel.getByRole('heading', { name: 'Once Only Foundry' }).waitFor({ timeout: 30_000 });
  assert.deepEqual(await world.simulator.unspent(), []);
  assert.equal((await world.simulator.named('Once Only Foundry')).length, 1);
});

test('a server that asks to wait is waited for', async () => {
  const organization = await fresh();
  await world.simulator.faults({
    method: 'PUT',
    orgId: organization.id,
    kind: 'status',
    status: 429,
    retryAfter: 1,
    times: 1,
  });
  await tasks.save('Organization name', 'Patient Trades');
  await window.panel.getByRole('heading', { name: 'Patient Trades' }).waitFor({ timeout: 30_000 });
  assert.equal((await writes(organization)).length, 1);
});

test('an organization that is gone meanwhile is told', async () => {
  const organization = await fresh();
  await tasks.field('Organization name').fill('Too Late');
  await world.simulator.deleteOrganization(organization.id);
  await tasks.saveButton('Organization name').click();
  await window.panel
    .getByRole('alert')
    .filter({ hasText: /no longer|not found|does not|gone/i })
    .waitFor();
  assert.equal(await tasks.field('Organization name').inputValue(), 'Too Late');
});

test('Undo in the message puts a name, Remote Assist, a cap and a contact back', async () => {
  const organization = await fresh({ maxSystemUsers: 40 });
  const before = await held(organization);
  const acts = [
    () => tasks.save('Organization name', 'Renamed For A While'),
    () => tasks.remoteAssist.click(),
    () => tasks.save('User cap', '55'),
    () => tasks.save('Contact name', 'Another Person'),
    () => tasks.save('Contact e-mail', 'another@person.example'),
  ];
  for (const [index, act] of acts.entries()) {
    await act();
    const undo = tasks.notifications.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    const changed = await held(organization);
    assert.notDeepEqual(facts(changed), facts(before), `change ${index} was not applied`);
    await undo.click();
    await until(`change ${index} to be undone`, async () => {
      const now = await held(organization);
      return JSON.stringify(facts(now)) === JSON.stringify(facts(before));
    });
    await tasks.notifications.getByText(/is now/).waitFor();
    await tasks.clearToasts();
  }
});

const facts = ({ name, remoteAssist, maxSystemUsers, contactName, contactEmail }) => ({
  name,
  remoteAssist,
  maxSystemUsers,
  contactName,
  contactEmail,
});

test('Undo in History and in Activity writes the value before back', async () => {
  const organization = await fresh();
  for (const where of ['History', 'Activity']) {
    const wanted = `Renamed, then ${where}`;
    await tasks.save('Organization name', wanted);
    await window.panel.getByRole('heading', { name: wanted }).waitFor();
    assert.equal((await held(organization)).name, wanted);
    await tasks.clearToasts();
    if (where === 'History') {
      const tab = await tasks.tab('History');
      await tab
        .getByRole('button', { name: /^Undo: Organization renamed/ })
        .first()
        .click();
    } else {
      await tasks.goTo('Activity');
      await window.page
        .getByRole('table', { name: 'Activity' })
        .getByRole('button', { name: new RegExp(`^Undo: Organization renamed of ${wanted}`) })
        .first()
        .click();
    }
    await until('the name before', async () => (await held(organization)).name === organization.name);
    await tasks.open(organization);
  }
});

test('offline in the middle: writing is off with the reason, reading works, the draft is kept', async () => {
  const organization = await fresh();
  await tasks.field('Organization name').fill('Typed Before The Storm');
  await world.simulator.stop();
  await tasks.saveButton('Organization name').click();
  await window.panel.getByRole('alert').first().waitFor({ timeout: 60_000 });
  assert.equal(await tasks.field('Organization name').inputValue(), 'Typed Before The Storm');
  await window.sync();
  const add = window.page.getByRole('button', { name: 'Add organization' });
  await until('adding to be off', async () => (await add.getAttribute('aria-disabled')) === 'true');
  assert.match(await add.getAttribute('title'), /cannot be reached/);
  assert.equal(await tasks.remoteAssist.getAttribute('aria-disabled'), 'true');
  await world.simulator.resume();
  // The simulator starts anew and does not know the organization any more.
  await window.sync();
  await until('adding to be on', async () => (await add.getAttribute('aria-disabled')) === null);
  assert.equal(await tasks.field('Organization name').inputValue(), 'Typed Before The Storm');
  await window.panel.getByText(/Not listed since/).waitFor();
  assert.ok(organization.id);
});

test('nothing went wrong on the way', () => world.assertClean());
