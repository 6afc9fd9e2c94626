import type { Row } from '$lib/bridge/types';
import { RowIndex } from './row_index';

export interface SearchBench {
  rows: number;
  keystrokes: number;
  medianMs: number;
  p99Ms: number;
  maxMs: number;
}

/** Rows of made-up organizations, the same for the same count. */
export function madeUpRows(count: number): Row[] {
  const first = [
    'Acme',
    'Barlow',
    'Cedar',
    'Dünmore',
    'Everglade',
    'Fairfax',
    'Glasshouse',
    'Harbor',
    'Ironquay',
  ];
  const second = [
    'Dental',
    'Kline',
    'Hollow',
    'Studio',
    'Marine',
    'Freight',
    'Labs',
    'Realty',
    'Shipping',
    'Søn',
  ];
  return Array.from({ length: count }, (_, i) => {
    const scrambled = Math.imul(i + 1, 2654435761) >>> 0;
    const name = `${first[scrambled % first.length]} ${second[(scrambled >>> 8) % second.length]} ${i % 977}`;
    const at = 1_790_000_000;
    return {
      id: scrambled.toString(16).padStart(8, '0') + i.toString(16).padStart(16, '0'),
      name,
      logo: '',
      remoteAssist: scrambled % 3 === 0 ? 'off' : 'on',
      users: { value: scrambled % 1900, at },
      devices: { value: scrambled % 2300, at },
      applications: { value: scrambled % 40, at },
      detailsAt: at,
    };
  });
}

/** Times every keystroke of some searches, typed and deleted, without painting. */
export function searchBench(count = 10_000, now: () => number = () => performance.now()): SearchBench {
  const index = new RowIndex('en');
  index.replaceAll(madeUpRows(count));
  const sort = { column: 'name', descending: false } as const;
  const times: number[] = [];
  for (const search of ['acme dental', 'søn', 'zzz', 'harbor realty 12', '0000a']) {
    for (let round = 0; round < 10; round++) {
      for (let length = 1; length <= search.length; length++) {
        const start = now();
        index.query(sort, search.slice(0, length));
        times.push(now() - start);
      }
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { rows: count, keystrokes: times.length, medianMs: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
