// The real window, driven through WebKit's remote inspector.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import WebSocket from 'ws';

import { programs } from './paths.mjs';
import { freePort } from './ports.mjs';
import { Child } from './process.mjs';
import { final, until, within } from './wait.mjs';

export class RealWindow {
  #socket;
  #target;
  #waiting = new Map();
  #next = 0;

  /** Starts the release build on a desktop and attaches to its web view. */
  static async start(env, args, { inspected = true } = {}) {
    const window = new RealWindow();
    const port = await freePort();
    window.program = new Child(programs.release, [...args, '--trace-startup'], {
      env: {
        ...env,
        WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${port}`,
        ORGDECK_INSPECT: inspected ? '1' : '',
      },
    });
    window.port = port;
    return window;
  }

  /** Attaches to the page; the window must have one by then. */
  async attach() {
    const path = await until(
      "the window's web view",
      async () => {
        if (!this.program.running)
          throw final(`the app ended with ${this.program.exitCode}\n${this.program.tail()}`);
        const list = await (await fetch(`http://127.0.0.1:${this.port}/`)).text();
        return /\/socket\/[^'"\s]+/.exec(list)?.[0];
      },
      { timeout: 30_000 },
    );
    this.#socket = new WebSocket(`ws://127.0.0.1:${this.port}${path}`);
    const target = new Promise((resolve, reject) => {
      this.#socket.on('error', reject);
      this.#socket.on('message', (data) => this.#receive(JSON.parse(data), resolve));
    });
    this.#target = await within(15_000, 'the inspector to name the page', target);
  }

  #receive(message, found) {
    if (message.method === 'Target.targetCreated' && message.params.targetInfo.type === 'page') {
      this.#target = message.params.targetInfo.targetId;
      found(this.#target);
    }
    if (message.method !== 'Target.dispatchMessageFromTarget') return;
    const answer = JSON.parse(message.params.message);
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.error) waiting?.reject(new Error(answer.error.message));
    else waiting?.resolve(answer.result);
  }

  #call(method, params = {}) {
    const id = ++this.#next;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#socket.send(
      JSON.stringify({
        id: 1_000_000 + id,
        method: 'Target.sendMessageToTarget',
        params: { targetId: this.#target, message: JSON.stringify({ id, method, params }) },
      }),
    );
    return within(20_000, method, answer);
  }

  /** Evaluates an expression in the page; a promise is awaited. */
  async evaluate(expression) {
    const result = await this.#call('Runtime.evaluate', { expression, returnByValue: false });
    if (result.wasThrown) throw new Error(`in the page: ${result.result.description}`);
    const { objectId, subtype, className } = result.result;
    if (!objectId) return result.result.value;
    const isPromise = subtype === 'promise' || className === 'Promise';
    const value = isPromise
      ? await this.#call('Runtime.awaitPromise', { promiseObjectId: objectId, returnByValue: true })
      : await this.#call('Runtime.callFunctionOn', {
          objectId,
          functionDeclaration: 'function () { return this }',
          returnByValue: true,
        });
    if (value.wasThrown) throw new Error(`in the page: ${value.result.description ?? value.result.value}`);
    return value.result.value;
  }

  /** Keeps a picture of what the window shows. */
  async picture(path) {
    const size = await this.evaluate('({ width: innerWidth, height: innerHeight })');
    const { dataURL } = await this.#call('Page.snapshotRect', {
      x: 0,
      y: 0,
      ...size,
      coordinateSystem: 'Viewport',
    });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.from(dataURL.split(',')[1], 'base64'));
  }

  trace(event, options) {
    return this.program.json('stderr', `the trace event ${event}`, (line) => line.event === event, {
      timeout: 60_000,
      ...options,
    });
  }

  get events() {
    return this.program.lines.stderr
      .filter((line) => line.startsWith('{"event"'))
      .map((line) => JSON.parse(line));
  }

  async stop(signal) {
    this.#socket?.close();
    return this.program.stop(signal);
  }
}
