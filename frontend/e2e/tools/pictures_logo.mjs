// Pictures of setting logos, taken of the running app in Chromium in light and dark.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Logos } from '../lib/logos.mjs';
import { inRoot } from '../lib/paths.mjs';
import { png } from '../lib/png.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

const folder = inRoot('docs/pictures');
await mkdir(folder, { recursive: true });

async function take(window, name) {
  for (const colorScheme of ['light', 'dark']) {
    await window.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await until('the pictures', () =>
      window.page.evaluate(() =>
        [...document.images].every((image) => image.complete && image.naturalWidth > 0),
      ),
    );
    const file = `${name}-${colorScheme}.png`;
    await window.page.screenshot({ path: `${folder}/${file}`, animations: 'disabled', caret: 'hide' });
    console.log(`docs/pictures/${file}`);
  }
}

/** A lighthouse beside three waves, on nothing. */
function harbour(x, y) {
  const tower = Math.abs(x - 420) < 60 + (y - 200) / 14 && y > 200 && y < 620;
  const lamp = Math.hypot(x - 420, y - 180) < 62;
  const wave =
    x > 560 && x < 1240 && [330, 450, 570].some((at) => Math.abs(y - at - 26 * Math.sin(x / 55)) < 20);
  if (lamp) return [233, 164, 34, 255];
  return tower || wave ? [24, 84, 120, 255] : [0, 0, 0, 0];
}

const world = await World.start({ orgs: 60 });
const organization = await world.simulator.addOrganization({ name: 'Harbour Light Pottery' });
const window = await world.signedIn();
const logos = new Logos(window, world.simulator);
const picture = png(1600, 800, harbour);

const dialog = await logos.begin(organization);
await logos.give(dialog, 'harbour light (final).png', picture);
await logos.made(dialog);
await take(window, 'logo');
await window.page.keyboard.press('Escape');
await dialog.waitFor({ state: 'hidden' });

const { results } = await world.simulator.organizations();
const [first, second, third] = results.filter((one) => /^[A-Za-z]{4,} [A-Za-z]{3,}$/.test(one.name ?? ''));
const from = join(world.desktop.folder('orgdeck'), 'logos');
await mkdir(from, { recursive: true });
for (const name of [
  'Harbour Light Pottery.png',
  `${first.name}.png`,
  `${second.id}.png`,
  `${third.name} brand 2026.png`,
  'IMG_2041.png',
])
  await writeFile(join(from, name), picture);
await writeFile(join(from, 'scan.png'), 'this is no picture');
await window.page.getByRole('button', { name: 'Set logos…' }).click();
await logos.batch.getByRole('button', { name: 'Choose a folder…' }).click();
await logos.batch.getByText('IMG_2041.png').waitFor();
await logos.batch.getByRole('img', { name: /^The logo for/ }).waitFor();
await take(window, 'logos');
await world.stop();
