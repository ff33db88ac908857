import type { DatasetPreview } from '../../../../datasets/profile/profile-type.js';
import { PREVIEW_CHARACTERS, PREVIEW_ROWS } from '../../inspection.js';
import type { ArchiveFile } from '../archive/archive-entry.js';
import type { Image } from '../image/judge-file.js';
import { printable } from '../printable.js';

/** Keeps the first images, whose classes only show at the end. */
export class ImagePreview {
  readonly #first: { file: ArchiveFile; image: Image }[] = [];

  add(file: ArchiveFile, image: Image): void {
    if (this.#first.length < PREVIEW_ROWS) this.#first.push({ file, image });
  }

  /** `depth`: folders above the classes, which are values of `column`. */
  at(depth: number, column: string): DatasetPreview {
    const rows = this.#first.map(({ file: { path, folders }, image: { width, height, bytes } }) => [
      printable(path, PREVIEW_CHARACTERS),
      printable(folders[depth] ?? '', PREVIEW_CHARACTERS),
      width,
      height,
      bytes,
    ]);
    return { columns: ['path', column, 'width', 'height', 'bytes'], rows };
  }
}
