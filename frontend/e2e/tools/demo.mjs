// Shows the demo on a virtual screen and fails unless rows, with logos, were
// painted. Run inside scripts/headless.sh.
import { join } from 'node:path';

import { RealWindow } from '../lib/inspector.mjs';
import { inRoot } from '../lib/paths.mjs';
import { until } from '../lib/wait.mjs';

const picture = inRoot('build/demo/window.png');
const grid = `document.querySelector('[role="grid"]')`;
const inspection = `(() => {
  const rows = [...${grid}.querySelectorAll('[role="row"][aria-rowindex]')].filter((row) => row.ariaRowIndex > 1);
  const logos = [...${grid}.querySelectorAll("img")];
  return {
    rows: rows.length,
    organizations: Number(${grid}.getAttribute("aria-rowcount")) - 1,
    logos: logos.filter((logo) => logo.complete && logo.naturalWidth > 0).length,
    pending: logos.filter((logo) => !logo.complete).length,
  };
})()`;

const window = await RealWindow.start(process.env, [
  '--demo',
  '--data-dir',
  join(process.env.HOME, 'demo'),
  ...process.argv.slice(2),
]);
let failure;
try {
  await window.trace('first-rows');
  await window.attach();
  await window.trace('sync-done', { timeout: 120_000 });
  const seen = await until(
    'rows with logos in the window',
    async () => {
      const now = await window.evaluate(inspection);
      return now.rows > 0 && now.logos > 0 && now.pending === 0 && now;
    },
    { timeout: 30_000 },
  );
  await window.picture(picture);
  console.log(
    `${seen.organizations} organizations, ${seen.rows} rows painted, ${seen.logos} of them with a logo`,
  );
} catch (error) {
  failure = error;
}

console.log('start trace:');
for (const event of window.events) console.log(`  ${JSON.stringify(event)}`);
await window.stop().catch((error) => (failure ??= error));
if (failure) {
  console.error(`the demo failed: ${failure.message}`);
  process.exit(1);
}
console.log(`picture: ${picture}`);
