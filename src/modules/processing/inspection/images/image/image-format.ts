export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'bmp' | 'tiff';

interface Mark {
  format: ImageFormat;
  pattern: RegExp;
  /** No image of the format is shorter. */
  leastBytes: number;
}

/** Of the first bytes as Latin-1. Bitmaps also by the size of their second header: two letters alone begin many a text. */
const MARKS: Mark[] = [
  { format: 'jpeg', pattern: /^\xff\xd8\xff/, leastBytes: 60 },
  { format: 'png', pattern: /^\x89PNG\r\n\x1a\n/, leastBytes: 57 },
  { format: 'gif', pattern: /^GIF8[79]a/, leastBytes: 14 },
  { format: 'webp', pattern: /^RIFF[^]{4}WEBP/, leastBytes: 26 },
  { format: 'bmp', pattern: /^BM[^]{12}[\x28\x34\x38\x40\x6c\x7c]\0\0\0/, leastBytes: 55 },
  { format: 'tiff', pattern: /^(II\x2a\0|MM\0\x2a)/, leastBytes: 38 },
];
const MARK_BYTES = 32;

/** The format by content, `tooShort` where the rest cannot be there; null: none of those that are accepted. */
export function formatOf(head: Buffer): { format: ImageFormat; tooShort: boolean } | null {
  const start = head.toString('latin1', 0, MARK_BYTES);
  const mark = MARKS.find(({ pattern }) => pattern.test(start));
  return mark ? { format: mark.format, tooShort: head.length < mark.leastBytes } : null;
}
