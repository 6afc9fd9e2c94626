/**
 * The files of a paste. WebKitGTK shows a pasted picture to the page neither as
 * a file nor as a type, but lets the handler of a paste read the clipboard: so
 * it has to be called in the handler, before anything is awaited.
 */
export async function pastedFiles({ clipboardData }: ClipboardEvent): Promise<File[]> {
  const files = [...(clipboardData?.files ?? [])];
  if (files.length > 0 || (clipboardData?.types.length ?? 0) > 0) return files;
  try {
    const items = await navigator.clipboard.read();
    return await Promise.all(items.flatMap((item) => pictureOf(item) ?? []));
  } catch {
    // It is empty, or may not be read: then nothing was pasted.
    return [];
  }
}

function pictureOf(item: ClipboardItem): Promise<File> | null {
  const type = item.types.find((name) => name.startsWith('image/'));
  if (!type) return null;
  return item.getType(type).then((data) => new File([data], `Pasted picture.${type.slice(6)}`, { type }));
}
