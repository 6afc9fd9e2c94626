// Where things are, and which program shows a page.
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const inRoot = (...parts) => join(root, ...parts);

export const programs = {
  release: inRoot('build/bin/orgdeck'),
  dev: inRoot('build/bin/orgdeck-dev'),
  simulator: inRoot('build/bin/mtpsim'),
  headless: inRoot('scripts/headless.sh'),
};

const browserNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The system's Chromium: $CHROMIUM, or the first known name on the path. */
export function chromiumPath() {
  const candidates = process.env.CHROMIUM
    ? [process.env.CHROMIUM]
    : browserNames.flatMap((name) =>
        name.startsWith('/') ? [name] : process.env.PATH.split(delimiter).map((p) => join(p, name)),
      );
  const found = candidates.find(isProgram);
  if (!found) throw new Error('no Chromium found: make deps, or name it in CHROMIUM');
  return found;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
