import type { Problem } from '$lib/bridge/types';

const defect: Problem = {
  code: 'internal',
  message: 'Orgdeck ran into a defect of its own. Nothing on JumpCloud was changed by it.',
  hint: 'Try again; if it happens again, report it with what you were doing.',
  retryable: false,
  retryAfterMs: 0,
};

/**
 * Turns whatever a call was rejected with into a Problem. It is the only place
 * that does: Wails hands over an Error whose message is a Problem as JSON, or
 * plain text when a call's arguments could not be read; such text was not
 * written for people and becomes general words.
 */
export function problemFrom(error: unknown): Problem {
  const text = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  if (!text.startsWith('{')) return defect;
  try {
    return asProblem(JSON.parse(text)) ?? defect;
  } catch {
    return defect;
  }
}

function asProblem(value: unknown): Problem | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  if (typeof fields.code !== 'string' || typeof fields.message !== 'string') return null;
  return {
    code: fields.code,
    message: fields.message,
    hint: typeof fields.hint === 'string' ? fields.hint : '',
    retryable: fields.retryable === true,
    retryAfterMs: typeof fields.retryAfterMs === 'number' ? fields.retryAfterMs : 0,
  };
}
