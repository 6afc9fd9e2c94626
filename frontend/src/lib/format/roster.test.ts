import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fakeAdministrator } from '$lib/bridge/fake_roster';
import type { ActivityLine, AdministratorsList } from '$lib/bridge/types_roster';
import { activityKinds, actorWords, canUndo, kindWords, resultWords, wentWell } from './activity';
import { keyWords, personName, reachWords, readingWithAccess, warningWords } from './administrator';
import { money } from './money';
import { dueDay, monthName } from './time';

describe('money', () => {
  test.each([
    ['1200.50', 'USD', '1,200.50 USD'],
    ['9007199254740993.01', 'EUR', '9,007,199,254,740,993.01 EUR'],
    ['0.00', 'USD', '0.00 USD'],
    ['-5', 'USD', '−5 USD'],
    ['twelve', 'USD', 'twelve'],
    ['', 'USD', '—'],
  ])('%s %s is %s, with every digit', (amount, currency, words) => {
    expect(money(amount, currency)).toBe(words);
  });
});

describe('administrators', () => {
  test('a person is called by name, else e-mail, else id', () => {
    expect(personName(fakeAdministrator('x', { firstName: 'Sam', lastName: 'Lee' }))).toBe('Sam Lee');
    expect(personName(fakeAdministrator('x', { email: 's@x.example' }))).toBe('s@x.example');
    expect(personName(fakeAdministrator('x', { email: '' }))).toBe('x');
  });

  test('a key says whether it is set and until when', () => {
    const expiry = { apiKeySet: true, keyPrefix: 'jca_', keyExpiresAt: 1_800_000_000 };
    expect(keyWords(fakeAdministrator('x'))).toBe('API access is off');
    expect(keyWords(fakeAdministrator('x', { apiKeyAllowed: true }))).toBe('No key set');
    expect(keyWords(fakeAdministrator('x', expiry))).toMatch(/^Key set \(jca_…\), until .*2027/);
    expect(warningWords('key_expired', fakeAdministrator('x', expiry))).toMatch(/^API key expired .*2027/);
  });

  test.each([
    ['never read', 0, [], 0],
    ['nobody there', 50, [], 50],
    ['read together', 50, [50, 50], 50],
    ['the people alone read anew', 90, [50, 60], 50],
    ['the access of one never read', 90, [90, 0], 0],
  ])('the list is as old as what it shows of access: %s', (_, people, access, at) => {
    const reading = (at: number) => ({ state: at === 0 ? 'never' : 'known', at, deniedAt: 0 });
    const administrators = access.map((at, i) => ({
      administrator: fakeAdministrator(String(i)),
      all: false,
      indexes: [],
      access: reading(at),
      // The generated classes have a method that plain values lack.
    })) as unknown as AdministratorsList['administrators'];
    expect(readingWithAccess({ reading: reading(people), administrators }).at).toBe(at);
  });

  test('what is not known is not a number', () => {
    expect([reachWords(null, false, 9), reachWords(9, true, 9), reachWords(0, false, 9)]).toEqual([
      '—',
      'All 9',
      '0 of 9',
    ]);
  });
});

describe('activity', () => {
  test('every kind that the program writes has words', () => {
    const folder = '../backend/domain';
    const source = readdirSync(folder)
      .filter((name) => name.startsWith('activity') && !name.endsWith('_test.go'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
      .join('\n');
    const kinds = [...source.matchAll(/ActivityKind = "(\w+)"/g)].map((match) => match[1] ?? '');
    expect(kinds.length).toBeGreaterThan(15);
    expect(kinds.filter((kind) => !activityKinds.has(kind))).toEqual([]);
  });

  const line = (more: Partial<ActivityLine>): ActivityLine => ({
    id: 1,
    organizationId: '',
    organizationName: '',
    at: 1,
    kind: 'organization_renamed',
    source: 'orgdeck',
    actor: 'sam@x.example',
    before: '',
    after: '',
    logoBefore: '',
    logoAfter: '',
    result: 'ok',
    ...more,
  });

  test.each([
    ['ok', 'Done', true],
    ['unchanged', 'It was so already', true],
    ['not_applied', 'Not applied', false],
    ['partial', 'Done in part', false],
    ['uncertain', 'Uncertain', false],
    ['conflict', 'Conflict: nothing was changed', false],
    ['overtaken', 'Sent, but JumpCloud has another value', false],
    ['forbidden', 'This key may not do that', false],
    ['something_new', 'something_new', false],
  ])('the result %s is “%s”', (result, words, well) => {
    expect(resultWords(result)).toBe(words);
    expect(wentWell(result)).toBe(well);
  });

  test('every state that an edit or an act can come to has words of its own', () => {
    const source = ['edit', 'roster', 'activity']
      .map((name) => readFileSync(`../backend/domain/${name}.go`, 'utf8'))
      .join('\n');
    const states = [...source.matchAll(/(?:(?:Edit|Act)State += |Result\w+ = )"(\w+)"/g)].map(
      (m) => m[1] ?? '',
    );
    expect(states).toEqual(expect.arrayContaining(['ok', 'conflict', 'partial', 'overtaken']));
    expect(states.filter((state) => resultWords(state) === state)).toEqual([]);
  });

  test('kinds are words', () => {
    expect([kindWords('users_changed'), kindWords('something_new')]).toEqual([
      'Users changed',
      'something new',
    ]);
    expect([actorWords(line({})), actorWords(line({ source: 'sync' }))]).toEqual([
      'sam@x.example',
      'Noticed by a sync',
    ]);
  });

  test.each([
    ['a rename', {}, true],
    ['a failed one', { result: 'forbidden' }, false],
    ['one that changed nothing', { result: 'unchanged' }, false],
    ['what a sync noticed', { source: 'sync' }, false],
    ['an act on administrators', { kind: 'access_taken' }, false],
  ])('undo of %s: %s', (_, more, can) => {
    expect(canUndo(line(more))).toBe(can);
  });
});

test('months and due days are the same in every time zone', () => {
  expect(monthName('2026-11')).toMatch(/November 2026/);
  expect(monthName('what')).toBe('what');
  expect(dueDay(Date.UTC(2026, 10, 1) / 1000)).toMatch(/Nov 1, 2026/);
  expect(dueDay(0)).toBe('');
});
