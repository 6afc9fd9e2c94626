// Remote Assist where JumpCloud does not say whether it is on: told so everywhere, and never
// shown as on or off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Tasks } from '../lib/tasks.mjs';
import { World } from '../lib/world.mjs';

let world, window, tasks, silent;
before(async () => {
  world = await World.start({ orgs: 20 });
  silent = await world.simulator.addOrganization({ name: 'Silent About Assistance', remoteAssist: null });
  window = await world.signedIn();
  tasks = new Tasks(window);
  await tasks.open(silent);
});
after(() => world?.stop());

const cell = () => window.row(silent.name).locator('[aria-colindex="3"]');
const attempt = (name) => window.panel.getByRole('button', { name });

/** Notes every word and state that the row and the switch had. */
const watch = () =>
  window.page.evaluate((id) => {
    window.states = new Set();
    const look = () => {
      const row = document.querySelector(`[role="row"][data-id="${id}"] [aria-colindex="3"]`);
      const held = document.querySelector('aside [role="switch"]');
      window.states.add(row?.textContent.trim() ?? '').add(held?.getAttribute('aria-checked') ?? '');
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  }, silent.id);

test('the grid and the panel say that it is not known', async () => {
  await cell().getByTitle('Not known: JumpCloud did not say').waitFor();
  assert.match(await cell().innerText(), /^—/);
  assert.equal(await tasks.remoteAssist.getAttribute('aria-checked'), 'mixed');
  await window.panel.getByText('JumpCloud did not say whether it is on').waitFor();
});

test('a try that does not stick is told as not applied, and never shown as on or off', async () => {
  // An organization without the feature takes the write and forgets it.
  await watch();
  for (const name of ['Try to turn on', 'Try to turn off']) {
    await attempt(name).click();
    const notice = window.panel.getByRole('alert').filter({ hasText: 'Not applied' });
    await notice.waitFor();
    const [[address]] = await world.launched(() =>
      notice.getByRole('button', { name: 'Open the console' }).click(),
    );
    assert.ok(address.includes(silent.id), address);
    await notice.getByRole('button', { name: /^(Dismiss|Close|Discard)/ }).click();
    await notice.waitFor({ state: 'hidden' });
    assert.equal(await tasks.remoteAssist.getAttribute('aria-checked'), 'mixed');
  }
  const states = await window.page.evaluate(() => [...window.states]);
  assert.deepEqual(
    states.filter((state) => /^(On|Off|true|false)$/i.test(state)),
    [],
  );
  assert.equal((await world.simulator.organization(silent.id)).remoteAssist, null);
});

test('it is shown once JumpCloud says it', async () => {
  await world.simulator.changeOrganization(silent.id, { remoteAssist: true });
  await window.sync();
  await cell().getByText('On', { exact: true }).waitFor();
  assert.equal(await tasks.remoteAssist.getAttribute('aria-checked'), 'true');
  await world.assertClean();
});
