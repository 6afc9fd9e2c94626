// What was not read yet is never shown as a value: no cap and no contact are
// things to know, and "—" is not knowing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

const listing = '/api/v2/providers/*/organizations';
const details = { path: '/api/organizations/*', kind: 'timeout' };

let world, window, rows;
before(async () => {
  world = await World.start({ orgs: 20 });
  // One organization is in the other listing only, which tells no cap.
  await world.simulator.faults(details, { path: listing, kind: 'vanish', times: 1 });
  window = await world.window();
  await window.signIn(world.simulator.apiKey);
  await world.app.trace('sync-names');
  await window.grid.waitFor();
  rows = await window.page.evaluate(async () => {
    const { currentAccountId } = await window.go.bind.Session.State();
    const list = await window.go.bind.Organizations.List(currentAccountId);
    return Promise.all(list.rows.map(({ id }) => window.go.bind.Organizations.Details(currentAccountId, id)));
  });
});
after(() => world?.stop());

const field = (name) => window.panel.getByRole('textbox', { name, exact: true });

/** Opens an organization; gives what its empty field says, and its tooltip. */
async function shown(id, name) {
  await window.search.fill(id);
  await window.grid.getByRole('row').nth(1).getByRole('gridcell').nth(1).click();
  await window.panel.getByText(id).first().waitFor();
  const box = field(name);
  assert.equal(await box.inputValue(), '');
  return { says: await box.getAttribute('placeholder'), title: (await box.getAttribute('title')) ?? '' };
}

/** Waits until the window was told what was read. */
const says = (id, name, words) =>
  until(`${name}: ${words}`, async () => (await shown(id, name)).says === words);

async function uncapped(known) {
  for (const { row, capKnown } of rows) {
    if (capKnown === known && !(await world.simulator.organization(row.id)).maxSystemUsers) return row.id;
  }
  throw new Error('the simulator has no such organization');
}

test('contacts that are not read yet are unknown', async () => {
  for (const name of ['Contact name', 'Contact e-mail']) {
    const { says, title } = await shown(rows[0].row.id, name);
    assert.equal(says, '—');
    assert.match(title, /not read yet/);
  }
});

test('a cap that no listing told is unknown, and one that was told to be none is none', async () => {
  assert.equal(rows.filter(({ capKnown }) => !capKnown).length, 1);
  const untold = rows.find(({ capKnown }) => !capKnown).row.id;
  // Until the panel has read the cache it says of every field that it is unread.
  await until('the cap to be told as not known', async () => {
    const { says: words, title } = await shown(untold, 'User cap');
    return words === '—' && /not known/i.test(title);
  });
  await says(await uncapped(true), 'User cap', 'No cap');
});

test('once all of it is read, none is said where there is none', async () => {
  await world.simulator.faults();
  await window.idle();
  assert.equal((await window.sync()).state, 'done');
  const { results } = await world.simulator.organizations();
  const bare = [];
  for (const { id } of results) {
    const held = await world.simulator.organization(id);
    if (!held.contactName && !held.maxSystemUsers) bare.push(id);
  }
  const [id] = bare;
  assert.ok(id, 'the simulator has no organization without contact and cap');
  await says(id, 'Contact name', 'None');
  await says(id, 'User cap', 'No cap');
});

test('nothing went wrong on the way', () => world.assertClean());
