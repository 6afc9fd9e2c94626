// What a server can do wrong with figures, details and logos, and with the key
// in the middle of it: nothing known is lost, and the next synchronisation mends
// it. The listings are in faults.test.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { calls, Faulty, ORGANIZATIONS } from '../lib/faulty.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, faulty, target;
before(async () => {
  world = await World.start({ orgs: ORGANIZATIONS, drift: false });
  window = await world.signedIn();
  faulty = new Faulty(world, window);
  [target] = await world.plainOrganizations();
});
after(() => world?.stop());

const { users, devices, applications, details, logos } = calls;
const some = ['done', 'partial'];

// one: only the target's call is broken, for as long as it is asked.
const table = [
  { name: 'garbage', kind: 'garbage', times: 5, states: some },
  { name: 'nothing', kind: 'empty', times: 2, states: some },
  { name: 'wrong types', kind: 'wrongtype', times: 2, states: some },
  { name: 'HTML', kind: 'html', times: 2, states: some },
  { name: '64 MiB', kind: 'huge', times: 2, states: some },
  { name: 'answers that break off and then do not', kind: 'truncate', times: 3, states: ['done'] },
  { name: 'answers that always break off', kind: 'truncate', one: true, states: ['partial'] },
  { name: 'resets', kind: 'reset', times: 3, states: ['done'] },
  { name: 'a burst of server errors', kind: 'status', status: 503, times: 6, states: ['done'] },
  { name: 'too many requests', kind: 'status', status: 429, retryAfter: 1, times: 3, states: ['done'] },
  { name: '404', kind: 'status', status: 404, one: true, states: some },
  { name: 'no answer in time', kind: 'timeout', times: 1, slow: true, states: ['done'] },
];

for (const [what, call] of Object.entries({ users, devices, applications, details })) {
  for (const { name, one, slow, states, ...fault } of table) {
    // Waiting for an answer takes half a minute: once is enough.
    if (slow && call !== users) continue;
    test(`${name} for ${what}`, () =>
      faulty.run({ faults: [{ ...call, ...fault, ...(one ? { orgId: target.id } : {}) }], states }));
  }
}

test('a pause beyond all patience for users', async () => {
  await faulty.run({
    faults: [{ ...users, kind: 'status', status: 429, retryAfter: 900, after: 20, times: 1 }],
    states: ['failed', 'partial'],
    words: /pause/,
  });
  // The pause is kept by whoever was asked for it.
  window = await faulty.restart();
});

test('figures refused for one organization are marked, and the rest go on', async () => {
  await world.simulator.faults({ ...users, orgId: target.id, kind: 'status', status: 403 });
  const status = await window.sync();
  await world.simulator.faults();
  assert.ok(some.includes(status.state), status.state);
  await window.search.fill(target.id);
  await window
    .row(target.name)
    .getByText(/no access/i)
    .first()
    .waitFor();
  await window.search.fill('');
  await window.sync();
  assert.deepEqual((await faulty.known()).get(target.id).users.noAccess, false);
});

for (const { name, ...fault } of [
  { name: 'cannot be had', kind: 'status', status: 500 },
  { name: 'is cut off', kind: 'reset' },
  { name: 'is a web page', kind: 'html' },
  { name: 'breaks off', kind: 'truncate' },
]) {
  test(`a new logo that ${name} leaves the old one, until it can be had`, async () => {
    const org = await withLogo();
    const before = (await faulty.known()).get(org).logo;
    await world.simulator.changeOrganization(org, { logo: 'new' });
    await faulty.run({ faults: [{ ...logos, ...fault }], states: ['done', 'partial'] });
    assert.equal((await faulty.known()).get(org).logo, before);
    await until('the new logo', async () => {
      await window.sync();
      return (await faulty.known()).get(org).logo !== before;
    });
  });
}

test('a new logo that is larger than any may be is left out, and nothing else is', async () => {
  const org = await withLogo();
  const before = await faulty.known();
  await world.simulator.changeOrganization(org, { logo: 'new' });
  await world.simulator.faults({ ...logos, kind: 'huge' });
  await window.sync();
  await world.simulator.faults();
  const after = await faulty.known();
  assert.equal(after.get(org).logo, '');
  assert.deepEqual(after.set(org, before.get(org)), before);
});

async function withLogo() {
  for (const [id, { logo }] of await faulty.known()) if (logo !== '') return id;
  throw new Error('no organization has a logo');
}

test('a key refused in the middle stops the run, keeps all and asks for a key', async () => {
  await faulty.run({
    faults: [{ ...users, kind: 'status', status: 401, after: 20 }],
    states: ['failed', 'partial'],
    words: /key/i,
  });
  await window.page.getByRole('button', { name: 'Enter the new key' }).first().click();
  const dialog = window.page.getByRole('dialog', { name: /key/i });
  await dialog.getByRole('textbox', { name: 'API key' }).fill(world.simulator.apiKey);
  await dialog.getByRole('button', { name: 'Use this key' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal((await window.synced()).state, 'done');
});

test('after all of it a plain synchronisation is complete', async () => {
  const before = await faulty.known();
  const status = await window.sync();
  assert.equal(status.state, 'done', status.problem?.message);
  assert.deepEqual(await faulty.known(), before);
  await world.assertClean();
});
