import { describe, expect, test } from 'vitest';
import { FakeRoster, fakeAdministrator } from '$lib/bridge/fake_roster';
import { AccessMatrix } from './access';
import { byNumber, byText, sorted, type DataColumn } from './data_columns';
import { madeUpRows } from './search_bench';

describe('sorting a table', () => {
  type Line = { name: string; users?: number };
  const rows: Line[] = [{ name: 'Site 10', users: 3 }, { name: 'Site 9' }, { name: 'site 1', users: 20 }];
  const columns: DataColumn<Line>[] = [
    { id: 'name', label: 'Name', least: 1, order: byText((row) => row.name) },
    { id: 'users', label: 'Users', least: 1, order: byNumber((row) => row.users) },
    { id: 'act', label: '', least: 1 },
  ];
  const names = (id: string, descending = false) =>
    sorted(rows, columns, { id, descending }).map((row) => row.name);

  test('is natural, and leaves the rows as they are', () => {
    expect(names('name')).toEqual(['site 1', 'Site 9', 'Site 10']);
    expect(rows[0]?.name).toBe('Site 10');
  });

  test('puts what is not known below every number', () => {
    expect(names('users')).toEqual(['Site 9', 'Site 10', 'site 1']);
    expect(names('users', true)).toEqual(['site 1', 'Site 10', 'Site 9']);
  });

  test('a column without an order changes nothing', () => {
    expect(names('act')).toEqual(rows.map((row) => row.name));
  });
});

describe('the access matrix', () => {
  const organizations = madeUpRows(3);
  const [one, two] = organizations.map((row) => row.id) as [string, string];
  async function list(at: number) {
    const roster = new FakeRoster(() => organizations, []);
    roster.at = at;
    roster.people = [fakeAdministrator('all'), fakeAdministrator('some'), fakeAdministrator('none')];
    for (const { id } of organizations) roster.links.set(id, new Set(['all']));
    roster.links.get(two)?.add('some');
    return roster.administrators.readProvider('a1');
  }

  test('tells yes from no, also for those who may enter all', async () => {
    const known = await list(5);
    const matrix = new AccessMatrix(known);
    const seen = known.administrators.map((row) => [matrix.access(row, one), matrix.access(row, two)]);
    expect(seen).toEqual([
      ['yes', 'yes'],
      ['no', 'yes'],
      ['no', 'no'],
    ]);
  });

  test('never says no where nothing was read', async () => {
    const unread = await list(0);
    const matrix = new AccessMatrix(unread);
    expect(unread.administrators.map((row) => matrix.access(row, one))).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});
