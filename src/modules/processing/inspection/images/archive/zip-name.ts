import { type Entry, getFileNameLowLevel } from 'yauzl';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The path of a zip's entry. Names that do not say so are taken for UTF-8 too where they are such: macOS writes them
 * like that, and text in the code page that the format demands is hardly ever valid UTF-8.
 */
export function nameOf({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const declared = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
  try {
    const decoded = UTF8.decode(fileNameRaw);
    // Pure ASCII may stand in for a name that an extra field spells out.
    return decoded.length === fileNameRaw.length ? declared : decoded;
  } catch {
    return declared;
  }
}
