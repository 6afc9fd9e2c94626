import { describe, expect, test } from 'vitest';
import { chordKeys, chordText, matchShortcut, shortcuts, type KeyContext, type KeyPress } from './shortcuts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

const pc: KeyContext = { mac: false, typing: false, singleKeys: true };
const mac: KeyContext = { ...pc, mac: true };

describe('matchShortcut', () => {
  test.each([
    [press('f', { ctrlKey: true }), pc, 'search'],
    [press('K', { ctrlKey: true }), pc, 'switch'],
    [press('k', { metaKey: true }), mac, 'switch'],
    [press('n', { ctrlKey: true }), pc, 'add'],
    [press('F2'), { ...pc, typing: true }, 'rename'],
    [press('k', { ctrlKey: true }), mac, null],
    [press('k', { ctrlKey: true, altKey: true }), pc, null],
    [press('F5'), pc, 'sync'],
    [press('r', { ctrlKey: true }), pc, 'sync'],
    [press('Enter', { ctrlKey: true }), pc, 'launch'],
    [press('Enter'), pc, null],
    [press('C', { ctrlKey: true, shiftKey: true }), pc, 'copy-id'],
    [press('c', { ctrlKey: true }), pc, null],
    [press(',', { metaKey: true }), mac, 'settings'],
    [press('?', { shiftKey: true }), pc, 'shortcuts'],
    [press('?'), { ...pc, typing: true }, null],
    [press('?'), { ...pc, singleKeys: false }, null],
    [press('F1'), { ...pc, typing: true, singleKeys: false }, 'shortcuts'],
    [press('Escape'), pc, null],
  ])('%j in %j is %j', (key, context, id) => expect(matchShortcut(key, context)).toBe(id));
});

test('no chord stands for two things', () => {
  const all = shortcuts.flatMap((shortcut) =>
    shortcut.chords.map((chord) => chordKeys(chord, false).join('+')),
  );
  expect(new Set(all).size).toBe(all.length);
});

test('keys are written as on the keyboard', () => {
  expect(chordText('copy-id', false)).toBe('Ctrl+Shift+C');
  expect(chordText('copy-id', true)).toBe('⌘⇧C');
  expect(chordText('search', false)).toBe('Ctrl+F');
});
