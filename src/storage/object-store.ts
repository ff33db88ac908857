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

/** There is no object under this key. */
export class ObjectMissingError extends Error {
  constructor(readonly key: string) {
    super(`Nothing is stored under ${key}.`);
    this.name = 'ObjectMissingError';
  }
}

/**
 * Where the bytes of datasets and models live, shared by all processes. Keys are relative paths of segments like
 * `datasets/dataset_1/content_2`: letters, digits, `.`, `_` and `-`, no segment beginning with a dot. An object is
 * there whole or not at all, and never changes: a key is written once.
 */
export abstract class ObjectStore {
  /**
   * Streams `source` to its place with constant memory, hashing on the way; flushed to the disk (or acknowledged by
   * the object store) when it resolves. When the source fails, or `signal` aborts, nothing is left behind and the
   * promise rejects with that error.
   */
  abstract put(key: string, source: Readable | Uint8Array, signal?: AbortSignal): Promise<StoredObject>;

  /** Rejects with ObjectMissingError before it gives a stream. */
  abstract read(key: string, range?: ByteRange): Promise<Readable>;

  /** Bytes; null where there is no such object. */
  abstract size(key: string): Promise<number | null>;

  /** Does nothing where there is no such object. */
  abstract remove(key: string): Promise<void>;

  /** The keys that begin with `prefix` (whole segments), in no order, with the time of their last change. */
  abstract list(prefix: string): AsyncIterable<{ key: string; changedAt: Date }>;

  /**
   * A file on this machine with the object's bytes, for engines that read files. `release` ends its use; a store that
   * had to fetch it puts it under `scratch` and removes it then.
   */
  abstract asFile(key: string, scratch: string, signal?: AbortSignal): Promise<LocalFile>;
}

export interface LocalFile {
  /** Absolute. */
  path: string;
  release(): Promise<void>;
}
