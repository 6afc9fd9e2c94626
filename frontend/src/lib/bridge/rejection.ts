import type { Problem } from './types';

/** A rejection as Wails makes it: the Problem as JSON in an Error's message. For the fakes. */
export function rejection(code: string, message = `It was ${code}.`, hint = ''): Error {
  return new Error(
    JSON.stringify({ code, message, hint, retryable: false, retryAfterMs: 0 } satisfies Problem),
  );
}
