import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterPaint } from './frames';

let frames: FrameRequestCallback[] = [];
let asked = 0;

/** Begins a frame: what was asked for before it is called. */
function frame(): void {
  for (const callback of frames.splice(0)) callback(0);
}

beforeEach(() => {
  frames = [];
  asked = 0;
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    frames.push(callback);
    return ++asked;
  });
});
afterEach(() => {
  frame();
  frame();
  vi.unstubAllGlobals();
});

test('calls back in the frame after the one that painted', () => {
  const calls: string[] = [];
  afterPaint(() => calls.push('a'));
  frame();
  expect(calls).toEqual([]);
  frame();
  expect(calls).toEqual(['a']);
  frame();
  expect(calls).toEqual(['a']);
});

test('asks the browser once for all that wait for the same frame', () => {
  const calls: number[] = [];
  for (let i = 0; i < 50; i++) afterPaint(() => calls.push(i));
  expect(asked).toBe(1);
  frame();
  frame();
  expect(calls).toHaveLength(50);
});

test('does not count a frame that had begun before it was asked', () => {
  const calls: string[] = [];
  afterPaint(() => calls.push('before'));
  frame();
  afterPaint(() => calls.push('after'));
  frame();
  expect(calls).toEqual(['before']);
  frame();
  expect(calls).toEqual(['before', 'after']);
});

test('what is called off is not called, and who asks after that is called once', () => {
  const calls: string[] = [];
  afterPaint(() => calls.push('off'))();
  afterPaint(() => calls.push('on'));
  frame();
  frame();
  frame();
  expect(calls).toEqual(['on']);
});

test('one that fails is reported, and the others are called', () => {
  const reported: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  const calls: string[] = [];
  afterPaint(() => {
    throw new Error('broken');
  });
  afterPaint(() => calls.push('b'));
  frame();
  frame();
  expect(calls).toEqual(['b']);
  expect(reported).toHaveLength(1);
});
