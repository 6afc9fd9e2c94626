import { describe, expect, test } from 'vitest';
import type { Row } from '$lib/bridge/types';
import { nextSort, sortOf, visibleColumns, withColumn } from './columns';
import { keepFocus, moveFocus } from './focus';
import { fold, searchWords } from './fold';
import { RowIndex } from './row_index';
import { madeUpRows, searchBench } from './search_bench';
import { capacityOf, SlotDealer } from './slots';
import { pageSize, paintRange, scrollTo } from './window';

function row(id: string, name: string, users?: number, more: Partial<Row> = {}): Row {
  const figure = { at: 0 };
  return {
    id,
    name,
    logo: '',
    remoteAssist: 'unknown',
    users: { value: users, at: 0 },
    devices: figure,
    applications: figure,
    detailsAt: 0,
    ...more,
  };
}

function indexOf(...rows: Row[]): RowIndex {
  const index = new RowIndex('en');
  index.replaceAll(rows);
  return index;
}

const byName = { column: 'name', descending: false } as const;
const ids = (index: RowIndex, sort: Parameters<RowIndex['query']>[0] = byName, search = '') =>
  index
    .query(sort, search)
    .map((entry) => entry.id)
    .join(' ');

describe('fold', () => {
  test.each([
    ['ÉCLAIR', 'eclair'],
    ['Straße', 'strasse'],
    ['Łódź Ørsted', 'lodz orsted'],
    ['İstanbul', 'istanbul'],
    ['ﬁne', 'fine'],
    ['a\u200bb\u202e', 'ab'],
    ['<b>', '<b>'],
  ])('%j is %j', (text, folded) => expect(fold(text)).toBe(folded));

  test('a search is words', () => expect(searchWords('  Acmé  DENTAL ')).toEqual(['acme', 'dental']));
});

describe('sorting', () => {
  test('is natural, ignores case first, and puts the nameless last in both directions', () => {
    const index = indexOf(
      row('1', 'Site 10'),
      row('2', 'site 9'),
      row('3', ' '),
      row('4', 'Éclair'),
      row('5', 'Zoo'),
    );
    expect(ids(index)).toBe('4 2 1 5 3');
    expect(ids(index, { column: 'name', descending: true })).toBe('5 1 2 4 3');
  });

  test('equal names are in the order of ids, whatever order they arrive in', () => {
    expect(ids(indexOf(row('b', 'Same'), row('a', 'Same'), row('c', 'Same')))).toBe('a b c');
    expect(ids(indexOf(row('c', 'Same'), row('b', 'Same'), row('a', 'Same')))).toBe('a b c');
  });

  test('counts: unknown is last in both directions, zero is a number, ties by name', () => {
    const index = indexOf(row('1', 'D', 0), row('2', 'C'), row('3', 'B', 7), row('4', 'A', 7), row('5', 'E'));
    expect(ids(index, { column: 'users', descending: true })).toBe('4 3 1 2 5');
    expect(ids(index, { column: 'users', descending: false })).toBe('1 4 3 2 5');
  });

  test('Remote Assist: on, off, unknown', () => {
    const index = indexOf(
      row('1', 'A'),
      row('2', 'B', 1, { remoteAssist: 'off' }),
      row('3', 'C', 1, { remoteAssist: 'on' }),
    );
    expect(ids(index, { column: 'remoteAssist', descending: false })).toBe('3 2 1');
    expect(ids(index, { column: 'remoteAssist', descending: true })).toBe('2 3 1');
  });

  test('a header click starts with the largest, then turns', () => {
    expect(nextSort(byName, 'name')).toEqual({ column: 'name', descending: true });
    expect(nextSort(byName, 'users')).toEqual({ column: 'users', descending: true });
    expect(sortOf('logo', true)).toEqual(byName);
    expect(sortOf('of a later version', true)).toEqual(byName);
  });
});

describe('searching', () => {
  const index = indexOf(
    row('624d9eae6849cf3b3f93dc56', 'Crème Dental Group'),
    row('61f0a3bb00000000000009e2', 'Barlow'),
  );
  test.each([
    ['', 2],
    ['creme', 1],
    ['GROUP crè', 1],
    ['group barlow', 0],
    ['3F93DC', 1],
    ['6', 2],
    ['name\n', 0],
  ])('%j finds %i', (search, found) => expect(index.query(byName, search)).toHaveLength(found));
});

describe('merging', () => {
  test('a figure changes one entry and leaves the others as they are', () => {
    const index = indexOf(row('1', 'A', 1), row('2', 'B', 2));
    const [a, b] = index.query(byName, '');
    index.merge([row('2', 'B', 9)]);
    const [a2, b2] = index.query(byName, '');
    expect(a2).toBe(a);
    expect(b2).not.toBe(b);
    expect(index.get('2')?.users.value).toBe(9);
    expect(ids(index, { column: 'users', descending: true })).toBe('2 1');
  });

  test('new and renamed rows go to their place, the last of a double wins', () => {
    const index = indexOf(row('1', 'Beta'), row('2', 'Delta'), row('3', 'Zeta'));
    index.merge([row('4', 'Alpha'), row('3', 'Charlie'), row('5', 'Omega'), row('5', 'Aaron')]);
    expect(ids(index)).toBe('5 4 1 3 2');
    expect(ids(index, byName, 'zeta')).toBe('');
    expect(index.size).toBe(5);
  });

  test('gives what a fresh index of the same rows gives', () => {
    const rows = madeUpRows(800);
    const merged = new RowIndex('en');
    for (let i = 0; i < rows.length; i += 70) merged.merge(rows.slice(i, i + 70));
    const fresh = new RowIndex('en');
    fresh.replaceAll(rows);
    for (const column of ['name', 'users', 'remoteAssist'] as const) {
      expect(ids(merged, { column, descending: true })).toBe(ids(fresh, { column, descending: true }));
    }
  });
});

describe('the window', () => {
  test.each([
    [0, 440, 100, 0, 14],
    [4400, 440, 1000, 96, 114],
    [43_560, 440, 1000, 986, 1000],
    [0, 440, 3, 0, 3],
    [9999, 440, 0, 0, 0],
    [99_999, 440, 5, 5, 5],
  ])('at %i of %i px, %i rows: %i to %i', (scrollTop, height, count, start, end) => {
    expect(paintRange({ scrollTop, height, rowHeight: 44 }, count)).toEqual({ start, end });
  });

  test('scrolls no further than needed', () => {
    const viewport = { scrollTop: 440, height: 440, rowHeight: 44 };
    expect(scrollTo(10, viewport)).toBe(440);
    expect(scrollTo(9, viewport)).toBe(9 * 44);
    expect(pageSize(viewport)).toBe(9);
    expect(scrollTo(20, viewport)).toBe(21 * 44 - 440);
  });
});

describe('slots', () => {
  const entries = indexOf(...madeUpRows(40)).query(byName, '');
  const shown = (slots: ReturnType<SlotDealer['deal']>) =>
    slots.map((slot) => (slot.place < 0 ? `(${slot.key})` : `${slot.key}:${slot.place}`)).join(' ');

  test('scrolling by a row changes one element and keeps the order of rows', () => {
    const dealer = new SlotDealer();
    expect(shown(dealer.deal(entries, 0, 4, 0, 5))).toBe('0:0 1:1 2:2 3:3');
    expect(shown(dealer.deal(entries, 1, 5, 1, 5))).toBe('1:1 2:2 3:3 4:4 (0)');
    expect(shown(dealer.deal(entries, 2, 6, 2, 5))).toBe('2:2 3:3 4:4 0:5 (1)');
  });

  test('the focused row stays painted above or below the window', () => {
    const dealer = new SlotDealer();
    expect(shown(dealer.deal(entries, 10, 12, 3, 2))).toBe('-1:3 0:10 1:11');
    expect(shown(dealer.deal(entries, 10, 12, 30, 2))).toBe('0:10 1:11 -1:30');
  });

  test('fewer rows leave hidden spares, and a smaller window drops them', () => {
    const dealer = new SlotDealer();
    dealer.deal(entries, 0, 4, 0, 4);
    expect(shown(dealer.deal(entries.slice(0, 1), 0, 1, 0, 4))).toBe('0:0 (1) (2) (3)');
    expect(shown(dealer.deal([], 0, 0, -1, 4))).toBe('(0) (1) (2) (3)');
    expect(shown(dealer.deal(entries, 0, 2, 0, 2))).toBe('0:0 1:1');
  });

  test('no two rows in sight ever share an element', () => {
    const viewport = { scrollTop: 0, height: 300, rowHeight: 44 };
    for (let scrollTop = 0; scrollTop < 40 * 44 - 300; scrollTop += 7) {
      const { start, end } = paintRange({ ...viewport, scrollTop }, entries.length);
      const keys = new SlotDealer()
        .deal(entries, start, end, start, capacityOf(viewport))
        .map((slot) => slot.key);
      expect(new Set(keys).size).toBe(end - start);
    }
  });
});

describe('focus', () => {
  test.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, -1],
    ['ArrowDown', -1, 0],
    ['PageDown', 5, 9],
    ['PageUp', 5, 1],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['x', 5, null],
  ])('%s from %i leads to %j', (key, from, to) => expect(moveFocus(key, from, 10, 4)).toBe(to));

  test('stays on the organization, else on its place', () => {
    const entries = indexOf(row('1', 'A'), row('2', 'B'), row('3', 'C')).query(byName, '');
    expect(keepFocus(entries, '3', 0)).toBe(2);
    expect(keepFocus(entries, 'gone', 1)).toBe(1);
    expect(keepFocus(entries, 'gone', 40)).toBe(2);
    expect(keepFocus([], 'gone', 4)).toBe(-1);
  });
});

describe('columns', () => {
  test('the name cannot be hidden, unknown choices are ignored', () => {
    const choices = withColumn([{ id: 'of a later version', visible: false }], 'devices', false);
    expect(visibleColumns(choices).map((column) => column.id)).toEqual([
      'logo',
      'name',
      'remoteAssist',
      'users',
      'applications',
    ]);
    expect(visibleColumns(withColumn([], 'name', false)).some((column) => column.id === 'name')).toBe(true);
    expect(visibleColumns(withColumn(choices, 'devices', true))).toHaveLength(6);
  });
});

describe('speed', () => {
  test('counts the work of a keystroke, not the clock: names are folded once', () => {
    // Counted rather than timed, so that a loaded machine cannot fail it.
    const bench = searchBench(2000);
    expect(bench.keystrokes).toBeGreaterThan(100);
    expect(bench.rows).toBe(2000);
  });
});
