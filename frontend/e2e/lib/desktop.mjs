// A screen, a session bus, an unlocked keyring and a home that belong to one
// test file. They outlive the app in it, so that a restart finds its key again.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { inRoot, programs } from './paths.mjs';
import { Child } from './process.mjs';

const kept = ['DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'HOME', 'TMPDIR'];

export class Desktop {
  #holder;

  /** Starts a desktop; close it with stop. */
  static async start() {
    const desktop = new Desktop();
    desktop.#holder = new Child(programs.headless, [process.execPath, inRoot('frontend/e2e/lib/hold.mjs')], {
      stdin: 'pipe',
    });
    const inside = await desktop.#holder.json('stdout', 'the desktop of the test');
    desktop.home = inside.HOME;
    desktop.env = { ...process.env };
    for (const [name, value] of Object.entries(inside)) {
      if (kept.includes(name) || /^(XDG_|GDK_|NO_AT|GTK_|LIBGL)/.test(name)) desktop.env[name] = value;
    }
    delete desktop.env.WAYLAND_DISPLAY;
    await desktop.#fakeBrowser();
    return desktop;
  }

  // The program opens links with xdg-open, the first on its path: this one
  // only writes down what it was given.
  async #fakeBrowser() {
    this.openLog = join(this.home, 'opened');
    await mkdir(this.folder('bin'), { recursive: true });
    await writeFile(this.openLog, '');
    await this.browser();
    this.env.PATH = `${this.folder('bin')}:${this.env.PATH}`;
  }

  /**
   * How the system's browser is from now on: one that fails was not asked to open
   * anything, and one that stays does not end before the desktop does.
   */
  async browser({ fails = false, stays = false } = {}) {
    const lines = ['#!/bin/sh'];
    if (fails) lines.push('exit 1');
    lines.push(`for word in "$#" "$@"; do printf '%s\\n' "$word"; done >>'${this.openLog}'`);
    if (stays) lines.push(`while [ -e '${this.openLog}' ]; do sleep 0.2; done`);
    const script = join(this.folder('bin'), 'xdg-open');
    await writeFile(script, `${lines.join('\n')}\n`);
    await chmod(script, 0o755);
  }

  /** What the system's browser was asked to open: one list of arguments a call. */
  async opened() {
    const lines = (await readFile(this.openLog, 'utf8')).split('\n').slice(0, -1);
    const calls = [];
    while (lines.length > 0) {
      const count = Number(lines.shift());
      calls.push(lines.splice(0, count));
    }
    return calls;
  }

  folder(name) {
    return join(this.home, name);
  }

  async stop() {
    this.#holder.closeStdin();
    await this.#holder.stop();
  }
}
