import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalog, rowOf } from './catalog';
import { problemFrom } from './normalise';

describe('catalog', () => {
  test('has a row for every code of the program, and no other', () => {
    const source = readFileSync(new URL('../../../../backend/domain/errors.go', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/^\s*Code\w+\s+Code = "([a-z_]+)"/gm)].map((match) => match[1]);
    expect(codes.length).toBeGreaterThan(20);
    expect([...catalog.keys()].sort()).toEqual([...codes].sort());
  });

  test('shows an unknown code as a defect', () => {
    expect(rowOf({ code: 'from_the_future' }).severity).toBe('error');
  });
});

describe('problemFrom', () => {
  const problem = {
    code: 'offline',
    message: 'No answer.',
    hint: 'Check.',
    retryable: true,
    retryAfterMs: 8000,
  };

  test.each([
    ['an Error holding JSON', new Error(JSON.stringify(problem)), problem],
    ['a string holding JSON', JSON.stringify(problem), problem],
  ])('reads %s', (_, thrown, expected) => {
    expect(problemFrom(thrown)).toEqual(expected);
  });

  test('fills in what is optional', () => {
    expect(problemFrom(new Error('{"code":"busy","message":"Running."}'))).toEqual({
      code: 'busy',
      message: 'Running.',
      hint: '',
      retryable: false,
      retryAfterMs: 0,
    });
  });

  test.each([
    ['plain text', new Error('error parsing arguments: json: secret-ish')],
    ['broken JSON', new Error('{"code":')],
    ['JSON of another shape', new Error('{"error":1}')],
    ['nothing', undefined],
    ['a number', 7],
  ])('turns %s into general words', (_, thrown) => {
    const found = problemFrom(thrown);
    expect(found.code).toBe('internal');
    expect(found.message).not.toContain('secret');
  });
});
