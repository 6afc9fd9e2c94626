// Files dragged from another program and dropped on the real window.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { inRoot } from './paths.mjs';
import { Child } from './process.mjs';
import { until } from './wait.mjs';

const run = promisify(execFile);
/** Where the other program's window is on the screen of a desktop: beside the app's. */
const SOURCE = { x: 1540, y: 940 };

export class Drag {
  #desktop;
  #program;

  constructor(desktop) {
    this.#desktop = desktop;
  }

  /** Compiles the program that files are dragged from. */
  async prepare() {
    this.#program = join(this.#desktop.home, 'drag_source');
    const { stdout } = await run('pkg-config', ['--cflags', '--libs', 'gtk+-3.0']);
    const source = inRoot('frontend/e2e/lib/drag_source.c');
    await run('gcc', ['-o', this.#program, source, ...stdout.trim().split(/\s+/)]);
  }

  /**
   * Drags a file to a point of the app's page, and drops it there once the page
   * has seen it. point gives a place in CSS pixels; seen tells whether the page
   * has noticed that something is dragged over it.
   */
  drop(path, point, seen) {
    return this.#drag(pathToFileURL(path).href, point, seen);
  }

  /** Drags a text as drop drags a file. */
  dropText(text, point, seen) {
    return this.#drag(text, point, seen);
  }

  /** Drags a file over the page, and drops it beside the window. */
  pass(path, point, seen) {
    return this.#drag(pathToFileURL(path).href, point, seen, { beside: true });
  }

  async #drag(what, point, seen, { beside = false } = {}) {
    const at = [what, String(SOURCE.x), String(SOURCE.y)];
    const source = new Child(this.#program, at, { env: this.#desktop.env });
    let pressed = false;
    try {
      await source.json('stdout', 'the window to drag from', (line) => line.shown);
      const window = await this.#window();
      await this.#do('mousemove', SOURCE.x + 20, SOURCE.y + 20, 'mousedown', 1);
      pressed = true;
      await this.#do('mousemove', SOURCE.x + 5, SOURCE.y + 5);
      let step = 0;
      await until('the page to see what is dragged', async () => {
        const { x, y } = await point();
        step = 1 - step; // a pointer that stands still is not told of
        await this.#do('mousemove', '--window', window, Math.round(x) + step, Math.round(y) + step);
        return seen();
      });
      if (beside) await this.#do('mousemove', SOURCE.x + 5, SOURCE.y + 5);
      await this.#do('mouseup', 1);
      pressed = false;
      await source.json('stdout', 'the end of the drag', (line) => line.ended);
    } finally {
      if (pressed) await this.#do('mouseup', 1);
      await source.stop();
    }
  }

  async #window() {
    const found = await until('the window on the screen', async () => {
      const { stdout } = await this.#do('search', '--onlyvisible', '--name', '^Orgdeck$');
      return stdout.trim().split('\n')[0];
    });
    return found;
  }

  #do(...words) {
    return run('xdotool', words.map(String), { env: this.#desktop.env });
  }
}
