import { randomUUID } from 'node:crypto';
import { rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createFile, flushFolders, makeFolder, type NewFile, removeEmptyFolders } from './durable-folders.js';
import { checkKey, checkPrefix, isObjectKey } from './object-key.js';
import {
  type ByteRange,
  type ListedObject,
  type LocalFile,
  ObjectMissingError,
  ObjectStore,
  type StoredObject,
  StoreUnavailableError,
} from './object-store.js';
import { asUnavailable, guarded, openRegular } from './regular-file.js';
import { type Tally, tallied } from './tally.js';
import { orNull, walk } from './walk.js';

const UNFINISHED = /^\.[0-9a-f-]{36}\.tmp$/;

/**
 * Objects as files below a folder that all processes share. The folder is made once, at the start: one that is gone
 * later was moved or its volume is away, and making it again would pass for a store that lost everything.
 */
export class LocalObjectStore extends ObjectStore {
  private readonly root: string;
  private isMade = false;

  constructor(root: string) {
    super();
    this.root = path.resolve(root);
    try {
      this.make();
    } catch {
      // Whoever puts something hears why.
    }
  }

  /**
   * Written beside its place (the same file system), flushed to the disk, then renamed, and the folders flushed as well:
   * after a power cut no row names a torn file.
   */
  async put(key: string, source: Readable | Uint8Array, signal?: AbortSignal): Promise<StoredObject> {
    const target = this.place(key);
    const temporary = path.join(path.dirname(target), `.${randomUUID()}.tmp`);
    const bytes = tallied(source, signal);
    try {
      if (!this.isMade) this.make();
      await this.expectRoot();
      const file = await createFile(temporary, this.root);
      await writeFlushed(file, bytes);
      signal?.throwIfAborted();
      await rename(temporary, target);
      await flushFolders(file.folders);
    } catch (error) {
      bytes.destroy();
      await this.removeFile(temporary);
      signal?.throwIfAborted();
      throw error;
    }
    return { key, ...bytes.result() };
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const file = await this.found(openRegular(this.place(key)));
    if (!file) throw new ObjectMissingError(key);
    if (!range || range.start < file.size) return guarded(file.handle.createReadStream(range));
    await file.handle.close();
    throw new RangeError(`${key} ends before byte ${range.start}.`);
  }

  async size(key: string): Promise<number | null> {
    const stats = await this.found(orNull(stat(this.place(key))));
    return stats?.isFile() ? stats.size : null;
  }

  async remove(key: string): Promise<void> {
    await this.removeFile(this.place(key));
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    checkPrefix(prefix);
    for await (const file of walk(path.join(this.root, prefix))) {
      const key = path.relative(this.root, file.path).replaceAll(path.sep, '/');
      if (isObjectKey(key)) yield { key, changedAt: file.stats.mtime };
    }
  }

  async removeUnfinished(olderThan: Date): Promise<number> {
    let removed = 0;
    for await (const file of walk(this.root)) {
      if (!UNFINISHED.test(path.basename(file.path)) || file.stats.mtime >= olderThan) continue;
      await this.removeFile(file.path);
      removed += 1;
    }
    return removed;
  }

  async asFile(key: string): Promise<LocalFile> {
    if ((await this.size(key)) === null) throw new ObjectMissingError(key);
    return { path: this.place(key), release: () => Promise.resolve() };
  }

  close(): void {}

  private make(): void {
    makeFolder(this.root);
    this.isMade = true;
  }

  /** What looking for a file gives. Null, which says that there is none, needs a store to say it of. */
  private async found<T>(looking: Promise<T | null>): Promise<T | null> {
    try {
      const file = await looking;
      if (file === null) await this.expectRoot();
      return file;
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  private async expectRoot(): Promise<void> {
    if ((await orNull(stat(this.root)))?.isDirectory()) return;
    throw new StoreUnavailableError(`The folder of the object store is not there: ${this.root}`);
  }

  private place(key: string): string {
    checkKey(key);
    return path.join(this.root, key);
  }

  private async removeFile(file: string): Promise<void> {
    if (!(await orNull(stat(file)))?.isFile()) return;
    await orNull(unlink(file));
    await removeEmptyFolders(path.dirname(file), this.root);
  }
}

async function writeFlushed({ handle }: NewFile, bytes: Tally): Promise<void> {
  try {
    await writeFile(handle, bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
