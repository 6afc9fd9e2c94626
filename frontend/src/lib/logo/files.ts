import type { Problem } from '$lib/bridge/types';

/** The largest picture that is handed over, in bytes. */
export const MOST_PICTURE_BYTES = 64 * 1024 * 1024;

/** Why a file is not even handed over; null where it is. What it holds is looked at by the program. */
export function refusedFile(file: Pick<File, 'size'>): Problem | null {
  if (file.size === 0) return invalid('The file is empty. Nothing was sent.', 'Choose another file.');
  if (file.size > MOST_PICTURE_BYTES)
    return invalid(
      `The file is too large: at most ${MOST_PICTURE_BYTES / 1024 / 1024} MB are read. Nothing was sent.`,
      'Save the picture smaller and choose it again.',
    );
  return null;
}

/** Why not one of these files is taken for one organization; null where the only one is. */
export function refusedFiles(files: readonly Pick<File, 'size'>[]): Problem | null {
  const [file] = files;
  if (file && files.length === 1) return refusedFile(file);
  return invalid(
    'An organization has one logo, and this is not one picture. Nothing was sent.',
    'Give one file; or set logos of many organizations from a folder.',
  );
}

function invalid(message: string, hint: string): Problem {
  return { code: 'invalid_input', message, hint, retryable: false, retryAfterMs: 0 };
}
