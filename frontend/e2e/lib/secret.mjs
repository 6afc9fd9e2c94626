// A secret is where it belongs and nowhere else: in no file and no line of output.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Fails where one of the keys is in a file under a folder, in the name of one, or in a line of output. */
export async function assertSecret(keys, folder, output) {
  const holds = (bytes) => keys.some((key) => bytes.includes(key));
  const found = [];
  let files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (holds(path)) found.push(path);
    if (!entry.isFile()) continue;
    files += 1;
    if (holds(await readFile(path))) found.push(path);
  }
  assert.ok(keys.length > 0 && files > 0, 'nothing was searched: that proves nothing');
  assert.deepEqual(found, [], 'files that hold a key');
  const calls = output.filter((line) => line.includes('jumpcloud call'));
  assert.ok(calls.length > 0, 'no call was logged: that proves nothing');
  assert.deepEqual(output.filter(holds), [], 'lines of output that hold a key');
}
