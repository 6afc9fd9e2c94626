import { describe, expect, test } from 'vitest';
import { count, plural } from './number';
import { colourOf, displayName, initials, shortId } from './organization';
import { age, day, moment } from './time';

const now = 1_800_000_000;

describe('age', () => {
  test.each([
    [0, 'never'],
    [now + 30, 'just now'],
    [now - 44, 'just now'],
    [now - 46, '1 min ago'],
    [now - 120, '2 min ago'],
    [now - 89 * 60, '89 min ago'],
    [now - 2 * 3600, '2 h ago'],
    [now - 35 * 3600, '35 h ago'],
    [now - 3 * 86400, '3 days ago'],
  ])('%i is "%s"', (at, words) => {
    expect(age(at, now)).toBe(words);
  });

  test('is a date when long ago', () => {
    expect(age(now - 100 * 86400, now)).toBe(`on ${day(now - 100 * 86400)}`);
  });

  test('never has no moment', () => {
    expect([moment(0), day(0)]).toEqual(['', '']);
  });
});

describe('counts', () => {
  test('are grouped and have their noun', () => {
    expect(count(1248)).toBe(new Intl.NumberFormat().format(1248));
    expect(plural(1, 'organization')).toBe('1 organization');
    expect(plural(0, 'organization')).toBe('0 organizations');
    expect(plural(2, 'company', 'companies')).toBe('2 companies');
  });
});

describe('organizations', () => {
  test.each([
    ['Acme Dental Group', 'AD'],
    ['Barlow & Kline LLP', 'BK'],
    ['nimbus', 'NI'],
    ['  ', '?'],
    ['🦷🦷', '?'],
    ['Éclair œuvre', 'ÉŒ'],
    ['北京 牙科', '北牙'],
    ['<b>x</b>', 'BX'],
  ])('initials of %j are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  test('a colour depends on the id alone and the palette is used', () => {
    const id = '624d9eae6849cf3b3f93dc56';
    expect(colourOf(id)).toBe(colourOf(id));
    const used = new Set(Array.from({ length: 500 }, (_, i) => colourOf(`${id}${i}`)));
    expect(used.size).toBe(12);
  });

  test('ids are shortened, names never empty', () => {
    expect(shortId('624d9eae6849cf3b3f93dc56')).toBe('624d9eae…dc56');
    expect(displayName(' ')).toBe('(no name)');
    expect(displayName('A')).toBe('A');
    expect(displayName('a\u202egnp.exe')).toBe('agnp.exe');
    expect(displayName('\u202e')).toBe('(no name)');
  });
});
