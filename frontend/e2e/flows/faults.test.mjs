// What a server can do wrong, once there is a cache: clear words, no crash,
// nothing lost, and the next synchronisation mends it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World } from '../lib/world.mjs';

let world, window, target;
before(async () => {
  world = await World.start({ orgs: 130 });
  window = await world.signedIn();
  const { results } = await world.simulator.organizations();
  target = results.find((o) => o.name && results.filter((x) => x.name === o.name).length === 1);
});
after(() => world?.stop());

const listing = '/api/v2/providers/*/organizations';
const users = '/api/systemusers';

// states: what the run may end as; whole: that it must come to a complete end
// because the fault passes within the client's patience.
const table = [
  {
    name: 'HTML instead of the listing',
    faults: [{ path: listing, kind: 'html' }],
    states: ['failed', 'partial'],
  },
  {
    name: 'garbage instead of the listing',
    faults: [{ path: listing, kind: 'garbage' }],
    states: ['failed', 'partial'],
  },
  {
    name: 'a listing cut short',
    faults: [{ path: listing, kind: 'truncate' }],
    states: ['failed', 'partial'],
  },
  { name: 'a listing of 64 MiB', faults: [{ path: listing, kind: 'huge' }], states: ['failed', 'partial'] },
  { name: 'results that are null', faults: [{ path: listing, kind: 'null' }], states: ['failed', 'partial'] },
  { name: 'wrong types', faults: [{ path: listing, kind: 'wrongtype' }], states: ['failed', 'partial'] },
  { name: 'a total that lies', faults: [{ path: listing, kind: 'count' }], states: ['failed', 'partial'] },
  {
    name: 'a record that vanishes between pages',
    faults: [{ path: listing, kind: 'vanish' }],
    states: ['failed', 'partial'],
  },
  {
    name: 'a record that comes twice',
    faults: [{ path: listing, kind: 'duplicate', times: 1 }],
    states: ['done', 'partial'],
  },
  {
    name: 'a burst of server errors that passes',
    faults: [{ path: users, kind: 'status', status: 503, times: 12 }],
    states: ['done'],
  },
  {
    name: 'a server that fails for as long as it is asked',
    faults: [{ path: '/api', kind: 'status', status: 500 }],
    states: ['failed'],
  },
  {
    name: 'too many requests',
    faults: [{ path: users, kind: 'status', status: 429, retryAfter: 1, times: 3 }],
    states: ['done'],
  },
  {
    name: 'connections that are reset',
    faults: [{ path: users, kind: 'reset', times: 3 }],
    states: ['done'],
  },
  {
    name: 'garbage for some figures',
    faults: [{ path: users, kind: 'garbage', times: 5 }],
    states: ['done', 'partial'],
  },
];

for (const { name, faults, states } of table) {
  test(name, async () => {
    // A run that follows a broken one resumes it and may read little.
    if ((await window.status()).state !== 'done') await window.sync();
    await world.simulator.faults(...faults);
    const status = await window.sync({ timeout: 150_000 });
    const unspent = await world.simulator.unspent();
    await world.simulator.faults();
    assert.deepEqual(unspent, [], 'the fault was never met');
    assert.ok(
      states.includes(status.state),
      `ended as ${status.state}, not ${states}: ${status.problem?.message}`,
    );
    assert.equal(status.gone, 0, 'organizations were marked as gone');
    assert.equal(await window.rowCount(), 130, 'rows were lost');
    if (status.state !== 'done') {
      assert.ok(status.problem?.message, 'no words for what happened');
      assert.doesNotMatch(
        status.problem.message,
        /unexpected|invalid character|EOF|json|%!/,
        "the cause's own words",
      );
      await window.page.getByText(status.problem.message).first().waitFor();
    }
    assert.ok(world.app.running, 'the app died');
  });
}

test('figures refused for one organization are marked, and the rest go on', async () => {
  await world.simulator.faults({ path: users, orgId: target.id, kind: 'status', status: 403 });
  const status = await window.sync();
  await world.simulator.faults();
  assert.ok(['done', 'partial'].includes(status.state), status.state);
  await window.search.fill(target.id);
  await window
    .row(target.name)
    .getByText(/no access/i)
    .first()
    .waitFor();
  await window.search.fill('');
});

test('after all of it a plain synchronisation is complete', async () => {
  const status = await window.sync();
  assert.equal(status.state, 'done', status.problem?.message);
  assert.equal(await window.rowCount(), 130);
  await world.assertClean();
});
