/**
 * The pictures of a paste. None where text is pasted too: cells copied from a
 * spreadsheet carry a picture of themselves; nor where there is a field to paste
 * into. WebKitGTK shows a pasted picture to the page neither as a file nor as a
 * type, but lets the handler of a paste read the clipboard: so it has to be
 * called in the handler, before anything is awaited.
 */
export async function pastedFiles({ clipboardData, target }: ClipboardEvent): Promise<File[]> {
  const types = clipboardData?.types ?? [];
  if (isField(target) || types.includes(TEXT)) return [];
  const files = [...(clipboardData?.files ?? [])];
  if (files.length > 0 || types.length > 0) return files.filter(mayBePicture);
  try {
    const items = await navigator.clipboard.read();
    return await Promise.all(items.flatMap((item) => pictureOf(item) ?? []));
  } catch {
    // It is empty, or may not be read: then nothing was pasted.
    return [];
  }
}

const TEXT = 'text/plain';

/** Inputs that nothing can be typed into. */
const NO_TEXT = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement;
}

/** The system may not know what a file is: then its bytes will tell. */
function mayBePicture({ type }: File): boolean {
  return type === '' || type === 'application/octet-stream' || type.startsWith('image/');
}

function pictureOf(item: ClipboardItem): Promise<File> | null {
  const type = item.types.find((name) => name.startsWith('image/'));
  if (!type || item.types.includes(TEXT)) return null;
  return item.getType(type).then((data) => new File([data], `Pasted picture.${type.slice(6)}`, { type }));
}
