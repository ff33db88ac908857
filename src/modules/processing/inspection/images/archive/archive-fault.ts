import { types } from 'node:util';

import type { ContentProblem } from '../../inspection.js';
import { printable } from '../printable.js';

export type ArchiveFaultCode =
  | 'archive_bomb'
  | 'archive_duplicate_path'
  | 'archive_encrypted'
  | 'archive_malformed'
  | 'archive_too_many_files'
  | 'archive_unsafe_entry'
  | 'archive_unsafe_path'
  | 'archive_unsupported'
  | 'file_empty';

/** What makes an archive unfit as a whole: nothing behind it is looked at. */
export class ArchiveFault extends Error {
  constructor(
    readonly code: ArchiveFaultCode,
    detail: string,
    readonly path?: string,
  ) {
    super(detail);
  }

  get problem(): ContentProblem {
    const column = this.path === undefined ? {} : { column: printable(this.path) };
    return { code: this.code, detail: this.message, ...column };
  }
}

export function malformed(reason: string, path?: string): ArchiveFault {
  return new ArchiveFault('archive_malformed', `The archive is damaged or cut short: ${printable(reason)}.`, path);
}

/** The fault behind an error thrown by a reader of archives. What the file system says is none: it tells nothing of the content. */
export function faultOf(error: unknown, path?: string): unknown {
  if (error instanceof ArchiveFault) {
    return error.path === undefined ? new ArchiveFault(error.code, error.message, path) : error;
  }
  return types.isNativeError(error) && !('syscall' in error)
    ? malformed(error.message.replace(/\.$/, ''), path)
    : error;
}
