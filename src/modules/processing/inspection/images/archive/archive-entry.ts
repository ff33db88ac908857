/** `special`: links, devices and the like; `unsupported`: kinds that are files of a sort but cannot be read. */
export type EntryKind = 'file' | 'directory' | 'special' | 'unsupported';

/** An entry as its archive records it, not yet checked. */
export interface RecordedEntry {
  path: string;
  kind: EntryKind;
  /** To be read at most once, and before the next entry is asked for. Throws `ArchiveFault`. */
  content: () => AsyncIterable<Buffer>;
}

/** A file of an archive whose path is safe to unpack to. */
export interface ArchiveFile {
  /** Normalised: relative, with single slashes. */
  path: string;
  /** The folders from the top, without the name. */
  folders: string[];
  name: string;
  content: AsyncIterable<Buffer>;
}

export interface ArchiveLimits {
  maxExpandedBytes: number;
  maxFiles: number;
}
