// A child process whose lines are kept, and which can be waited for and stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

import { final, until, within } from './wait.mjs';

export class Child {
  #process;
  lines = { stdout: [], stderr: [] };
  // When each line came, by the clock that pages go by too.
  #came = { stdout: [], stderr: [] };
  exitCode = null;

  constructor(file, args = [], { env = process.env, stdin = 'ignore' } = {}) {
    this.name = file.split('/').pop();
    this.#process = spawn(file, args, { env, stdio: [stdin, 'pipe', 'pipe'] });
    this.exited = once(this.#process, 'exit').then(([code, signal]) => {
      this.exitCode = code ?? signal;
      return this.exitCode;
    });
    for (const stream of ['stdout', 'stderr']) {
      createInterface({ input: this.#process[stream] }).on('line', (line) => {
        this.lines[stream].push(line);
        this.#came[stream].push(Date.now());
        if (process.env.E2E_VERBOSE) console.error(`${this.name}: ${line}`);
      });
    }
    // A test run that dies must not leave its children behind.
    this.onExit = () => this.#process.kill('SIGTERM');
    process.once('exit', this.onExit);
  }

  get pid() {
    return this.#process.pid;
  }

  get running() {
    return this.exitCode === null;
  }

  /** The seconds of processor time it has used; undefined where /proc does not say. */
  async cpuSeconds() {
    const stat = await readFile(`/proc/${this.pid}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Fields 14 and 15 of the line, in hundredths of a second.
    return stat ? (Number(fields[11]) + Number(fields[12])) / 100 : undefined;
  }

  closeStdin() {
    this.#process.stdin?.end();
  }

  /** The first JSON line of a stream that matches, with the time at which it came. */
  async json(stream, what, matches = () => true, options = {}) {
    return until(
      what,
      () => {
        for (const [i, line] of this.lines[stream].entries()) {
          const value = parsed(line);
          if (value && matches(value)) return { ...value, came: this.#came[stream][i] };
        }
        if (!this.running) {
          throw final(`${this.name} ended with ${this.exitCode} before ${what}\n${this.tail()}`);
        }
        return undefined;
      },
      { every: 10, ...options },
    );
  }

  tail(count = 25) {
    return [...this.lines.stdout.slice(-count), ...this.lines.stderr.slice(-count)].join('\n');
  }

  /** Asks it to end; after a while it is ended. Gives its exit code. */
  async stop(signal = 'SIGTERM', patience = 60_000) {
    process.removeListener('exit', this.onExit);
    if (!this.running) return this.exitCode;
    this.#process.kill(signal);
    try {
      return await within(patience, `${this.name} to end`, this.exited);
    } catch (error) {
      this.#process.kill('SIGKILL');
      await this.exited;
      throw error;
    }
  }
}

function parsed(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
