import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fakeAdministrator } from '$lib/bridge/fake_roster';
import type { ActivityLine } from '$lib/bridge/types_roster';
import { activityKinds, actorWords, canUndo, kindWords, resultWords, wentWell } from './activity';
import { keyWords, personName, reachWords, warningWords } from './administrator';
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
    result: 'ok',
    ...more,
  });

  test('results are words, of a change or of its failure', () => {
    expect([resultWords('ok'), resultWords('not_applied'), resultWords('forbidden')]).toEqual([
      'Done',
      'Not applied',
      'This key may not do that',
    ]);
    expect([wentWell('ok'), wentWell('not_applied'), wentWell('forbidden')]).toEqual([true, false, false]);
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
