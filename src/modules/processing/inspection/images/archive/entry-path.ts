import { ArchiveFault } from './archive-fault.js';

/** No store or file system that one would unpack to takes longer ones. */
export const MOST_CHARACTERS = 1024;

const UNSAFE: { reason: string; holds: (path: string) => boolean }[] = [
  { reason: 'is too long', holds: (path) => path.length > MOST_CHARACTERS },
  { reason: 'holds a NUL', holds: (path) => path.includes('\0') },
  { reason: 'holds a backslash, which is a separator on some systems', holds: (path) => path.includes('\\') },
  { reason: 'is absolute', holds: (path) => path.startsWith('/') || /^[a-z]:/i.test(path) },
  { reason: 'leads out of its folder', holds: (path) => path.split('/').includes('..') },
];

/** The parts of a path as recorded in an archive, none for its own folder. Throws `archive_unsafe_path`. */
export function segmentsOf(path: string): string[] {
  const unsafe = UNSAFE.find(({ holds }) => holds(path));
  if (unsafe) {
    throw new ArchiveFault('archive_unsafe_path', `The path of an entry ${unsafe.reason}.`, path);
  }
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}
