// Everything a test file needs: a desktop, the simulator, the app and Chromium.
import assert from 'node:assert/strict';

import { App } from './app.mjs';
import { launch, open } from './browser.mjs';
import { Console } from './console.mjs';
import { assertSecret } from './secret.mjs';
import { Desktop } from './desktop.mjs';
import { Simulator } from './simulator.mjs';
import { until } from './wait.mjs';

/** How the app tells, on its output, that an exchange with its demo broke the contract. */
const BREACH = /msg="contract broken"/;

export class World {
  #pages = [];
  #verbose = true;
  // What apps that have ended wrote to their output.
  #written = [];

  /** Starts one: { orgs, seed, latency, rate, args, simulator, verbose }. */
  static async start(options = {}) {
    const world = new World();
    try {
      world.desktop = await Desktop.start();
      if (options.simulator !== false) world.simulator = await Simulator.start(options);
      // Every call is logged, or searching the log for the key would prove nothing.
      world.#verbose = options.verbose ?? true;
      world.args = ['--data-dir', world.desktop.folder('orgdeck'), ...(options.args ?? [])];
      if (world.#verbose) world.args.push('--verbose');
      if (world.simulator) world.args.push('--api-url', world.simulator.url);
      world.browser = await launch(options.chromium);
      await world.startApp();
    } catch (error) {
      await world.stop().catch(() => {});
      throw error;
    }
    return world;
  }

  async startApp(env) {
    const checked = { ORGDECK_CHECK_DEMO: this.#verbose ? '1' : '' };
    this.app = await App.start(this.desktop, this.args, { env: { ...checked, ...env } });
  }

  /** Ends the app and starts it again on the same data and the same keyring; env is what else it sees. */
  async restartApp(signal, env) {
    await this.app.stop(signal);
    this.#written.push(...this.app.output);
    await this.startApp(env);
  }

  /** Opens the app's window in a new page. */
  async window(options) {
    const page = await open(this.browser, this.app.url, options);
    this.#pages.push(page);
    const window = new Console(page);
    await window.watchRuns();
    return window;
  }

  /** Signs in and waits until the first synchronisation has ended. */
  async signedIn(options) {
    const window = await this.window(options);
    await window.signIn(this.simulator.apiKey);
    await window.grid.waitFor();
    await window.synced();
    return window;
  }

  /** What the system was asked to open by an act: one list of arguments a call. */
  async launched(act) {
    const earlier = (await this.desktop.opened()).length;
    await act();
    return until('the system to be asked to open something', async () => {
      const all = await this.desktop.opened();
      return all.length > earlier && all.slice(earlier);
    });
  }

  /** Organizations of the simulator whose names are plain words that no other has. */
  async plainOrganizations() {
    const { results } = await this.simulator.organizations();
    return results.filter(
      (o) =>
        /^[A-Za-z]{4,} [A-Za-z]{3,}/.test(o.name ?? '') &&
        results.filter((x) => x.name === o.name).length === 1,
    );
  }

  /** No page had an error of its own, and no exchange broke the contract. */
  async assertClean({ allow = [] } = {}) {
    const errors = this.#pages
      .flatMap((page) => page.errors)
      .filter((text) => !allow.some((p) => p.test(text)));
    assert.deepEqual(errors, [], 'errors in the page');
    await this.#assertContract();
  }

  async #assertContract() {
    assert.deepEqual((await this.simulator?.breaches()) ?? [], [], 'the contract was broken');
    const demo = [...this.#written, ...(this.app?.output ?? [])].filter((line) => BREACH.test(line));
    assert.deepEqual(demo, [], 'the contract was broken in the demo');
  }

  /** Ends everything. No key may be in anything the app wrote, and no exchange may have broken the contract. */
  async stop() {
    try {
      await this.browser?.close();
      await this.app?.stop();
      await this.simulator?.stop();
      await this.#assertContract();
      if (this.simulator && this.app && this.#verbose) {
        const output = [...this.#written, ...this.app.output];
        await assertSecret([...this.simulator.keys], this.desktop.folder('orgdeck'), output);
      }
    } finally {
      // Whatever failed above: nothing may be left running.
      await Promise.allSettled([this.browser?.close(), this.app?.stop(), this.simulator?.stop()]);
      await this.desktop?.stop();
    }
  }
}
