// Waiting for something to be so, with words for when it never is.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Calls probe until it gives something truthy, and gives that. A probe that
 * throws counts as "not yet"; its error is told if time runs out.
 */
export async function until(what, probe, { timeout = 60_000, every = 40 } = {}) {
  const end = performance.now() + timeout;
  let last;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      last = undefined;
    } catch (error) {
      if (error.final) throw error;
      last = error;
    }
    if (performance.now() > end) {
      const reason = last ? `: ${last.message}` : '';
      throw new Error(`waited ${timeout / 1000} s for ${what}${reason}`);
    }
    await pause(every);
  }
}

/** Marks an error that waiting longer cannot mend. */
export function final(message) {
  return Object.assign(new Error(message), { final: true });
}

/** Ends a wait for a promise after so many milliseconds, with words. */
export async function within(ms, what, promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms / 1000} s for ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
