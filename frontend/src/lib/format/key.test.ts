import { describe, expect, test } from 'vitest';
import { keyEnd, keyStateWords } from './key';

describe('the end of a key', () => {
  const now = 1_780_000_000;
  const day = 86_400;
  test.each([
    [0, 'fine', /tells no end/],
    [now + 31 * day, 'fine', /31 days left/],
    [now + 30 * day, 'soon', /^30 days left/],
    [now + 30 * day - 1, 'soon', /^29 days left/],
    [now + day, 'soon', /^1 day left/],
    [now + 60, 'soon', /less than a day/],
    [now, 'expired', /^Expired on/],
  ])('%i', (at, state, words) => {
    const end = keyEnd(at, now);
    expect(end.state).toBe(state);
    expect(end.words).toMatch(words);
  });

  test('a key that is not at hand has no end', () => {
    expect(keyStateWords({ keyState: 'missing', keyExpiresAt: now }, now)).toBe('No key on this computer');
    expect(keyStateWords({ keyState: 'ready', keyExpiresAt: now }, now)).toContain('Expired');
  });
});
