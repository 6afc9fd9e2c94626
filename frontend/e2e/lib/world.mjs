// Everything a test file needs: a desktop, the simulator, the app and Chromium.
import assert from 'node:assert/strict';

import { App } from './app.mjs';
import { launch, open } from './browser.mjs';
import { Console } from './console.mjs';
import { Desktop } from './desktop.mjs';
import { Simulator } from './simulator.mjs';
import { until } from './wait.mjs';

export class World {
  #pages = [];

  /** Starts one: { orgs, seed, latency, rate, args, simulator }. */
  static async start(options = {}) {
    const world = new World();
    try {
      world.desktop = await Desktop.start();
      if (options.simulator !== false) world.simulator = await Simulator.start(options);
      world.args = ['--data-dir', world.desktop.folder('orgdeck'), ...(options.args ?? [])];
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
    this.app = await App.start(this.desktop, this.args, { env });
  }

  /** Ends the app and starts it again on the same data and the same keyring; env is what else it sees. */
  async restartApp(signal, env) {
    await this.app.stop(signal);
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
    if (!this.simulator) return;
    const stats = await this.simulator.stats().catch(() => ({}));
    assert.equal(stats.violations ?? 0, 0, `the contract was broken: ${stats.violationMessages?.join('\n')}`);
  }

  /** Ends everything; the key must be in nothing the app wrote. */
  async stop() {
    await this.browser?.close();
    await this.app?.stop();
    await this.simulator?.stop().catch(() => {});
    await this.desktop?.stop();
  }
}
