// Files that the program saves. A window that nobody sees asks for no place:
// they go into a folder of the data.
import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { until } from './wait.mjs';

/** The file with this ending that an act saves: { name, path, data }, once the window has told of it. */
export async function saved(world, tasks, act, ending) {
  const folder = join(world.desktop.folder('orgdeck'), 'saved');
  // Of one day, files have one name: what was there before would be taken for the new one.
  await rm(folder, { recursive: true, force: true });
  await act();
  const name = await until(`a file that ends in ${ending}`, async () =>
    (await readdir(folder).catch(() => [])).find((file) => file.endsWith(ending)),
  );
  await tasks.notifications.getByText(name).first().waitFor();
  const path = join(folder, name);
  return { name, path, data: await readFile(path) };
}

/** No cell of a table begins as a formula does. */
export function safeInASpreadsheet(csv) {
  for (const cell of csv.split(/\r?\n|[,;]/))
    assert.doesNotMatch(cell, /^"?[=+\-@＝＋－＠\t\r]/, `a formula: ${cell}`);
}
