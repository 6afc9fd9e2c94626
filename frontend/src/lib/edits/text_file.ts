import { count } from '$lib/format/number';

/** The largest file of organizations that is read, in bytes. */
export const MOST_BYTES = 4 * 1024 * 1024;

export type ReadText = { text: string } | { refusal: string };

/** Reads a file as text; or says why not. Nothing of it is guessed: another encoding would break names. */
export async function readText(file: Pick<File, 'size' | 'arrayBuffer'>): Promise<ReadText> {
  if (file.size > MOST_BYTES)
    return {
      refusal: `The file is too large: at most ${count(MOST_BYTES / 1024 / 1024)} MB are read. Nothing was sent.`,
    };
  if (file.size === 0) return { refusal: 'The file is empty. Nothing was sent.' };
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { refusal: 'The file could not be read. Nothing was sent.' };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\u0000')) return { text };
  } catch {
    // Told below.
  }
  return {
    refusal: 'The file is not UTF-8 text. Save it as “CSV UTF-8” and choose it again. Nothing was sent.',
  };
}
