// axe finds nothing in any main state: light, dark, high contrast, large text.
import { after, before, test } from 'node:test';

import { assertAccessible } from '../lib/axe.mjs';
import { World } from '../lib/world.mjs';

let world, sample;
before(async () => {
  world = await World.start({ orgs: 60 });
  const window = await world.window();
  await window.keyField.waitFor();
  await looks('first run', window);
  await window.signIn('jca_wrong');
  await window.page.getByRole('alert').filter({ hasText: /\w/ }).first().waitFor({ timeout: 30_000 });
  await looks('a refused key', window);
  await window.page.context().close();
  const signedIn = await world.signedIn();
  const { results } = await world.simulator.organizations();
  sample = results.find((o) => /^[A-Za-z]{4,} [A-Za-z]{3,}/.test(o.name ?? ''));
  await signedIn.page.context().close();
});
after(() => world?.stop());

const schemes = [
  { name: 'light', media: { colorScheme: 'light' } },
  { name: 'dark', media: { colorScheme: 'dark' } },
  { name: 'high contrast', media: { forcedColors: 'active' } },
];

async function looks(state, window) {
  for (const { name, media } of schemes) {
    await window.page.emulateMedia({
      colorScheme: 'light',
      forcedColors: 'none',
      reducedMotion: 'reduce',
      ...media,
    });
    await assertAccessible(window.page, `${state}, ${name}`);
  }
  await window.page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
}

const states = {
  'the list': async () => {},
  'the panel': (window) => window.search.fill(sample.id).then(() => window.openPanel(sample.name)),
  'search without a match': (window) => window.search.fill('zzqxj no such customer'),
  'the settings': (window) => opened(window, 'Control+,'),
  'the shortcuts': (window) => opened(window, 'F1'),
  'logging out': async (window) => {
    await window.page.getByRole('button', { name: 'Log out' }).click();
    await window.page.getByRole('dialog').waitFor();
  },
};

async function opened(window, key) {
  await window.page.keyboard.press(key);
  await window.page.getByRole('dialog').waitFor();
}

for (const [state, arrive] of Object.entries(states)) {
  test(`${state} is accessible`, async () => {
    const window = await world.window();
    await window.grid.waitFor();
    await arrive(window);
    await looks(state, window);
    await window.page.context().close();
  });
}

test('a narrow window at twice the text size is accessible and loses nothing', async () => {
  const window = await world.window({ viewport: { width: 640, height: 700 }, deviceScaleFactor: 2 });
  await window.grid.waitFor();
  await window.search.fill(sample.id);
  await window.openPanel(sample.name);
  await window.panel.getByRole('button', { name: /^Launch/ }).waitFor();
  await assertAccessible(window.page, 'a narrow window');
  await window.page.context().close();
});

test('offline and a refused key are accessible', async () => {
  const window = await world.window();
  await window.grid.waitFor();
  await world.simulator.stop();
  await window.sync();
  await window.page
    .getByText(/offline/i)
    .first()
    .waitFor();
  await looks('offline', window);
  await world.simulator.resume();
  await world.simulator.replaceKey();
  await window.sync();
  await looks('a key that stopped working', window);
  await window.page.getByRole('button', { name: /enter the new key/i }).click();
  await window.page.getByRole('dialog').waitFor();
  await looks('entering a new key', window);
});

test('the pages had no error of their own', () => world.assertClean());
