import { layoutOf } from '../archive/archive-layout.js';

const IMAGE_NAME = /\.(jpe?g|jpe|jfif|png|apng|gif|webp|bmp|dib|tiff?)$/i;
/** 7-Zip, RAR, bzip2, xz and Zstandard; of zip, tar and gzip the layout tells. */
const OTHER_ARCHIVES = /^(7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|BZh[1-9]|\xfd7zXZ\0|\x28\xb5\x2f\xfd)/;

export function isNamedLikeAnImage(name: string): boolean {
  return IMAGE_NAME.test(name);
}

export function isArchive(head: Buffer): boolean {
  return layoutOf(head) !== null || OTHER_ARCHIVES.test(head.toString('latin1', 0, 8));
}
