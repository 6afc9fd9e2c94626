// What a server can do wrong with its listings, once there is a cache: clear
// words, no crash, nothing lost, and the next synchronisation mends it. Figures,
// details and logos are in faults_figures.test.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { calls, Faulty, ORGANIZATIONS } from '../lib/faulty.mjs';
import { World } from '../lib/world.mjs';

let world, window, faulty;
before(async () => {
  world = await World.start({ orgs: ORGANIZATIONS, drift: false });
  window = await world.signedIn();
  faulty = new Faulty(world, window);
});
after(() => world?.stop());

const { listing, older } = calls;
const broken = ['failed', 'partial'];

// states: what the run may end as; "done" alone where the fault passes within
// the client's patience.
const table = [
  { name: 'HTML instead of', kind: 'html' },
  { name: 'garbage instead of', kind: 'garbage' },
  { name: 'nothing instead of', kind: 'empty' },
  { name: '64 MiB instead of', kind: 'huge' },
  { name: 'results that are null in', kind: 'null' },
  { name: 'wrong types in', kind: 'wrongtype' },
  { name: 'an end in the middle of', kind: 'truncate' },
  { name: 'a total that lies in', kind: 'count' },
  { name: 'a record that vanishes between the pages of', kind: 'vanish' },
  { name: 'a record that comes twice in', kind: 'duplicate', times: 1, states: ['done', 'partial'] },
  { name: 'a reset of', kind: 'reset', times: 2, states: ['done'] },
  { name: 'a burst of server errors from', kind: 'status', status: 502, times: 3, states: ['done'] },
  { name: 'no right to read', kind: 'status', status: 403 },
  { name: 'no such thing as', kind: 'status', status: 404 },
  { name: 'too many requests for', kind: 'status', status: 429, retryAfter: 1, times: 2, states: ['done'] },
];

for (const [what, call] of [
  ['the listing', listing],
  ['the older listing', older],
]) {
  for (const { name, states = broken, ...fault } of table) {
    test(`${name} ${what}`, () => faulty.run({ faults: [{ ...call, ...fault }], states }));
  }
}

test('a server that fails for as long as it is asked', () =>
  faulty.run({
    faults: [{ path: '/api', kind: 'status', status: 500 }],
    states: broken,
    words: /JumpCloud/,
  }));

test('a captive portal in front of everything', () =>
  faulty.run({ faults: [{ path: '/api', kind: 'html' }], states: broken, words: /web page|sign-in page/i }));

test('a pause beyond all patience', async () => {
  await faulty.run({
    faults: [{ ...listing, kind: 'status', status: 429, retryAfter: 900, times: 1 }],
    states: broken,
    words: /pause/,
  });
  // The pause is kept by whoever was asked for it.
  window = await faulty.restart();
});

test('after all of it a plain synchronisation is complete', async () => {
  const before = await faulty.known();
  const status = await window.sync();
  assert.equal(status.state, 'done', status.problem?.message);
  assert.deepEqual(await faulty.known(), before);
  await world.assertClean();
});
