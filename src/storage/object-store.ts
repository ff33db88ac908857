import type { Readable } from 'node:stream';

export interface StoredObject {
  key: string;
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
}

/** Bytes `start` to `end`, both included, from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

/** There is no object under this key. What stands in its place and is no file (a pipe, a folder) is none. */
export class ObjectMissingError extends Error {
  constructor(readonly key: string) {
    super(`Nothing is stored under ${key}.`);
    this.name = 'ObjectMissingError';
  }
}

/**
 * The store cannot be used now: unreachable, too slow, at fault itself, or set up wrongly (no such bucket, no such
 * folder, no access); the message says which. What the system says of a put to a local disk is none of these: it stays
 * its ENOSPC or whatever it was.
 */
export class StoreUnavailableError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreUnavailableError';
  }
}

/**
 * Where the bytes of datasets and models live, shared by all processes. Keys are relative paths of segments like
 * `datasets/dataset_1/content_2`: letters, digits, `.`, `_` and `-`, no segment beginning with a dot; another
 * one is a bug and rejects with a TypeError. An object is there whole or not at all, and never changes: a key is
 * written once. Any method may reject with StoreUnavailableError.
 */
export abstract class ObjectStore {
  /**
   * Streams `source` to its place with constant memory, hashing on the way; flushed to the disk (or acknowledged by
   * the object store) when it resolves. When the source fails, or `signal` aborts, nothing is left behind and the
   * promise rejects with that error, or with the signal's reason. The source is destroyed when anything fails.
   */
  abstract put(key: string, source: Readable | Uint8Array, signal?: AbortSignal): Promise<StoredObject>;

  /**
   * Rejects with ObjectMissingError before it gives a stream. A range is cut off at the last byte; one that begins
   * behind it is a RangeError. The stream fails when its reader rests for more than a minute.
   */
  abstract read(key: string, range?: ByteRange): Promise<Readable>;

  /** Bytes; null where there is no such object. */
  abstract size(key: string): Promise<number | null>;

  /** Does nothing where there is no such object. */
  abstract remove(key: string): Promise<void>;

  /** What lies below `prefix` (whole segments, `''` for all), in no order, with the time of its last change. */
  abstract list(prefix: string): AsyncIterable<ListedObject>;

  /**
   * Removes what killed processes left of their puts: those that showed no sign of life since `olderThan` (a disk tells
   * the last write, S3 only the beginning). Resolves with how many there were.
   */
  abstract removeUnfinished(olderThan: Date): Promise<number>;

  /**
   * A file on this machine with the object's bytes, for engines that read files. `release` ends its use; a store that
   * had to fetch it puts it under `scratch` and removes it then. Rejects with ObjectMissingError.
   */
  abstract asFile(key: string, scratch: string, signal?: AbortSignal): Promise<LocalFile>;

  /** Ends its connections; nothing may be asked of it any more. */
  abstract close(): void;
}

export interface ListedObject {
  key: string;
  changedAt: Date;
}

export interface LocalFile {
  /** Absolute. */
  path: string;
  release(): Promise<void>;
}
