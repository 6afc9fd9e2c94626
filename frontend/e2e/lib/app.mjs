// The development build of the app: the real Go backend behind a page.
import { inRoot, programs } from './paths.mjs';
import { freePort } from './ports.mjs';
import { Child } from './process.mjs';
import { final, until } from './wait.mjs';

export class App {
  #child;

  /** Starts it on a desktop with the given arguments; resolves when its page is served. */
  static async start(desktop, args, { port, env } = {}) {
    const app = new App();
    app.port = port ?? (await freePort());
    app.url = `http://127.0.0.1:${app.port}`;
    app.#child = new Child(programs.dev, [...args, '--trace-startup'], {
      env: {
        ...desktop.env,
        devserver: `127.0.0.1:${app.port}`,
        assetdir: inRoot('frontend/dist'),
        loglevel: 'Warning',
        ORGDECK_HEADLESS: '1',
        ...env,
      },
    });
    await until("the app's page", async () => {
      if (!app.#child.running) throw final(`the app ended with ${app.#child.exitCode}\n${app.log()}`);
      return (await fetch(app.url)).ok;
    });
    return app;
  }

  /** Waits for an event of the start trace. */
  trace(event, options) {
    return this.#child.json('stderr', `the trace event ${event}`, (line) => line.event === event, {
      timeout: 60_000,
      ...options,
    });
  }

  log(count) {
    return this.#child.tail(count);
  }

  get output() {
    return [...this.#child.lines.stdout, ...this.#child.lines.stderr];
  }

  get running() {
    return this.#child.running;
  }

  cpuSeconds() {
    return this.#child.cpuSeconds();
  }

  stop(signal) {
    return this.#child.stop(signal);
  }
}
