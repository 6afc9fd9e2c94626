// Signing in, and every way in which a key is refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World } from '../lib/world.mjs';

let world;
before(async () => (world = await World.start({ orgs: 40 })));
after(() => world?.stop());

const refusals = [
  { name: 'an empty key', key: '', words: /key/i },
  { name: 'a key of blanks', key: '   ', words: /key/i },
  { name: 'a wrong key', key: 'jca_thisIsNotTheKey', words: /refused|not accepted|wrong|not valid|expired/i },
  {
    name: 'a captive portal',
    faults: [{ path: '/api', kind: 'html' }],
    words: /not .*JumpCloud|sign-in page|web page|answer/i,
  },
  {
    name: 'a key without multi-tenant rights',
    faults: [{ path: '/api', kind: 'status', status: 403 }],
    words: /multi-tenant|right|role|may not/i,
  },
  {
    name: 'a server that fails',
    faults: [{ path: '/api', kind: 'status', status: 503, times: 12 }],
    words: /JumpCloud/,
  },
];

for (const { name, key, faults = [], words } of refusals) {
  test(`${name} is explained and keeps the form`, async () => {
    await world.simulator.faults(...faults);
    const window = await world.window();
    await window.keyField.waitFor();
    await window.keyField.fill(key ?? world.simulator.apiKey);
    const button = window.page.getByRole('button', { name: 'Sign in' });
    if (await button.isEnabled()) {
      await button.click();
      const alert = window.page.getByRole('alert').filter({ hasText: words });
      await alert.first().waitFor({ timeout: 60_000 });
      const text = await alert.first().innerText();
      assert.doesNotMatch(text, /undefined|\[object|\{"code"|Error:/, 'raw words reached the person');
    } else {
      assert.equal((key ?? 'x').trim(), '', 'only an empty key may switch the button off');
    }
    assert.ok(await window.keyField.isVisible());
    await window.page.context().close();
  });
}

test('an unreachable server is explained', async () => {
  await world.simulator.faults();
  await world.simulator.stop();
  const window = await world.window();
  await window.signIn('jca_anything');
  await window.page
    .getByRole('alert')
    .filter({ hasText: /reach|offline|connect/i })
    .first()
    .waitFor({ timeout: 60_000 });
  await world.simulator.resume();
});

test('the right key shows names first, then every figure', async () => {
  await world.simulator.faults({ method: 'GET', path: '/api/systemusers', kind: 'slow', delayMs: 150 });
  const window = await world.window();
  await window.signIn(world.simulator.apiKey);
  await window.grid.waitFor();
  await world.app.trace('sync-names');
  await world.simulator.faults();
  await world.app.trace('sync-done');
  assert.equal(await window.rowCount(), (await world.simulator.organizations()).totalCount);
  const cells = window.grid.getByRole('row').nth(3).getByRole('gridcell');
  await cells.nth(3).filter({ hasText: /\d/ }).waitFor();
  await cells.nth(4).filter({ hasText: /\d/ }).waitFor();
  await world.assertClean();
});
