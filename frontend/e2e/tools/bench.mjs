// The figures of the speed budget: ratios and counts, as a table and in
// build/bench.json. Run inside scripts/headless.sh. It passes or fails nothing.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { RealWindow } from '../lib/inspector.mjs';
import { inRoot } from '../lib/paths.mjs';
import { median, namesPainted, percentile, print } from '../lib/figures.mjs';
import { World } from '../lib/world.mjs';
import { searchKeystrokes } from './bench_search.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 7);
const figures = [];
const home = process.env.HOME;

function note(figure) {
  figures.push(figure);
  console.error(`${figure.name}: ${figure.value}${figure.unit} (budget ${figure.budget}${figure.unit})`);
}

// A data folder with everything of a demo of so many organizations in it: a
// first start fills it, which is not measured and takes minutes for 10,000.
const folders = new Map();
async function filled(organizations) {
  if (folders.has(organizations)) return folders.get(organizations);
  const args = [
    '--demo',
    '--demo-orgs',
    String(organizations),
    '--data-dir',
    join(home, `demo-${organizations}`),
  ];
  console.error(`filling a cache with ${organizations} organizations`);
  const window = await RealWindow.start(process.env, args);
  try {
    await window.trace('sync-done', { timeout: 1_200_000 });
  } finally {
    await window.stop();
  }
  folders.set(organizations, args);
  return args;
}

// First rows: the same window with 10,000 cached organizations and with none,
// in turn, so that a machine that gets slower does so for both.
async function startUp() {
  const [full, none] = [await filled(10_000), await filled(0)];
  const events = { full: [], none: [] };
  for (let run = 0; run < runs; run++) {
    events.full.push(await firstRows(full));
    events.none.push(await firstRows(none));
  }
  const ms = (of) => median(of.map((event) => event.ms));
  note({
    name: 'first rows, 10,000 cached organizations against none',
    value: round(median(events.full.map((event, run) => event.ms / events.none[run].ms))),
    unit: 'x',
    budget: 1.3,
    detail: { ms: ms(events.full), emptyMs: ms(events.none), rows: events.full[0]?.rows, runs },
  });
}

async function firstRows(args) {
  const window = await RealWindow.start(process.env, args);
  try {
    return await window.trace('first-rows');
  } finally {
    await window.stop();
  }
}

// A first synchronisation against the ideal: all calls at once, as many in
// flight as the client may have, each as long as the server takes.
async function synchronisation() {
  const latency = 50;
  const inFlight = 24;
  const world = await World.start({ orgs: 1_000, latency: `${latency}ms`, contract: false, verbose: false });
  try {
    const window = await world.window();
    await window.signIn(world.simulator.apiKey);
    const start = await world.app.trace('sync-start');
    const done = await world.app.trace('sync-done', { timeout: 300_000 });
    const stats = await world.simulator.stats();
    const ideal = (stats.requests * latency) / inFlight;
    const took = done.ms - start.ms;
    const detail = {
      tookMs: took,
      idealMs: ideal,
      requests: stats.requests,
      maxInFlight: stats.maxInFlight,
      rejected: stats.rejected,
      appCpuSeconds: await world.app.cpuSeconds(),
      simulatorCpuSeconds: await world.simulator.cpuSeconds(),
    };
    note({
      name: 'sync of 1,000 organizations at 50 ms against the ideal',
      value: round(took / ideal),
      unit: 'x',
      budget: 1.2,
      detail,
    });
  } finally {
    await world.stop();
  }
}

// From the beginning of a first synchronisation until all names are painted.
// Each run is another program and another page, as a first start is.
async function names() {
  const latency = 50;
  const trips = [];
  for (let run = 0; run < runs; run++) {
    const world = await World.start({
      orgs: 1_000,
      latency: `${latency}ms`,
      contract: false,
      verbose: false,
    });
    try {
      const window = await world.window();
      const painted = await namesPainted(window.page, 1_000);
      await window.signIn(world.simulator.apiKey);
      const start = await world.app.trace('sync-start');
      trips.push(((await painted.at()) - start.came) / latency);
    } finally {
      await world.stop();
    }
  }
  note({
    name: 'names of 1,000 organizations visible after',
    value: round(median(trips)),
    unit: ' round trips',
    budget: 8,
    detail: { least: round(Math.min(...trips)), most: round(Math.max(...trips)), runs },
  });
}

// A keystroke in the search to the painted rows. Chromium runs without its
// frame limit, or every figure would be rounded up to the next frame.
async function search() {
  const world = await World.start({
    simulator: false,
    verbose: false,
    args: await filled(10_000),
    chromium: ['--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });
  try {
    const window = await world.window();
    await window.grid.waitFor();
    await world.app.trace('sync-start');
    await window.idle();
    const times = await searchKeystrokes(window);
    note({
      name: 'search keystroke to painted rows at 10,000, 99th percentile',
      value: round(percentile(times, 0.99)),
      unit: ' ms',
      budget: 16,
      detail: { keystrokes: times.length, medianMs: round(median(times)), maxMs: round(Math.max(...times)) },
    });
  } finally {
    await world.stop();
  }
}

// Logos against libvips. It is a Go program, because what it measures is.
async function logos() {
  const { stdout } = await promisify(execFile)('go', ['run', './scripts/benchlogo'], { cwd: inRoot('.') });
  for (const figure of JSON.parse(stdout)) note(figure);
}

const round = (value) => Math.round(value * 100) / 100;

const parts = { start: startUp, sync: synchronisation, names, search, logos };
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts)) await parts[name]();

await mkdir(inRoot('build'), { recursive: true });
const report = { at: new Date().toISOString(), cpus: cpus().length, cpu: cpus()[0]?.model, figures };
await writeFile(inRoot('build/bench.json'), `${JSON.stringify(report, null, 2)}\n`);
print(figures);
