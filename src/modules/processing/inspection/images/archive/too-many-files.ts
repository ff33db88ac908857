import { ArchiveFault } from './archive-fault.js';

export function tooManyFiles(most: number): ArchiveFault {
  return new ArchiveFault('archive_too_many_files', `The archive holds more than ${most} files and folders.`);
}
