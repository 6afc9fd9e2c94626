// The release build's real window, signed in to a simulator that holds every
// exchange against our description of the API. The build's own demo does not:
// what checks is not shipped.
import assert from 'node:assert/strict';

import { Desktop } from './desktop.mjs';
import { RealWindow } from './inspector.mjs';
import { Simulator } from './simulator.mjs';
import { until } from './wait.mjs';

export class SignedWindow {
  /** Starts all of it; the window shows the sign-in. */
  static async start({ orgs = 60 } = {}) {
    const signed = new SignedWindow();
    try {
      signed.desktop = await Desktop.start();
      signed.simulator = await Simulator.start({ orgs });
      await signed.open();
      await signed.window.attach();
    } catch (error) {
      await signed.stop().catch(() => {});
      throw error;
    }
    return signed;
  }

  get args() {
    return ['--data-dir', this.desktop.folder('orgdeck'), '--api-url', this.simulator.url];
  }

  /** Opens a window on the same data. */
  async open(options) {
    this.window = await RealWindow.start(this.desktop.env, this.args, options);
    return this.window;
  }

  /** Signs in, and waits until everything has been read. */
  async signIn() {
    await this.shown(`!!document.querySelector('input[type="text"]')`);
    const { apiKey } = this.simulator;
    assert.equal(await this.type('input[type="text"]', apiKey), apiKey);
    await this.press('Sign in');
    await this.window.trace('sync-done');
  }

  /** Waits until an expression holds in the page. */
  shown(expression) {
    return until(expression, () => this.window.evaluate(expression));
  }

  /** An expression for the button with these words. */
  button(words) {
    return `[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === '${words}')`;
  }

  async press(words) {
    await this.shown(`!!${this.button(words)}`);
    await this.window.evaluate(`${this.button(words)}.click()`);
  }

  /** Types into a field as a person does: the page hears of it. */
  type(selector, text) {
    return this.window.evaluate(`(() => {
      const field = document.querySelector(${JSON.stringify(selector)});
      field.focus();
      document.execCommand('insertText', false, ${JSON.stringify(text)});
      return field.value;
    })()`);
  }

  /** No exchange so far broke the contract. */
  async assertClean() {
    assert.deepEqual(await this.simulator.breaches(), [], 'the contract was broken');
  }

  async stop() {
    await this.window?.stop().catch(() => {});
    await this.simulator?.stop();
    await this.desktop?.stop();
  }
}
