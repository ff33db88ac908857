import type { ArchiveFile } from '../archive/archive-entry.js';

/** What operating systems leave behind. */
const LEFT_BEHIND = /^(\..*|__MACOSX|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r)$/i;
const DESCRIPTION = /^(readme|licen[cs]e)(\..*)?$|\.(txt|md|json|csv)$/i;

/** Whether a file, or a folder above it, is none of the dataset's wherever it lies. */
export function isLeftBehind({ folders, name }: ArchiveFile): boolean {
  return [...folders, name].some((segment) => LEFT_BEHIND.test(segment));
}

/** Whether a file describes the dataset where it lies above its classes. */
export function isDescription({ name }: ArchiveFile): boolean {
  return DESCRIPTION.test(name);
}
