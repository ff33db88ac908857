import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough, type Readable } from 'node:stream';
import { StoreUnavailableError } from './object-store.js';
import { orNull } from './walk.js';

/** Opened to read. Null: there is none, or what is there is no file (a pipe would be waited for). */
export async function openRegular(file: string): Promise<{ handle: FileHandle; size: number } | null> {
  const handle = await orNull(open(file, constants.O_RDONLY | constants.O_NONBLOCK)).catch(noneIfSocket);
  if (!handle) return null;
  try {
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, size: stats.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}

function noneIfSocket(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENXIO') return null;
  throw error;
}

/** What the system says of a disk, as the store's failure; anything else as it is. */
export function asUnavailable(error: unknown): unknown {
  const { errno, message } = error as NodeJS.ErrnoException;
  if (errno === undefined) return error;
  return new StoreUnavailableError(`The folder of the object store cannot be used: ${message}`, error);
}

/** A disk that fails while it is read is the store's failure as well. */
export function guarded(source: Readable): Readable {
  const stream = new PassThrough();
  // It may fail before the reader has begun; an error that nobody listens for ends the process.
  stream.on('error', () => {});
  source.on('error', (error) => stream.destroy(asUnavailable(error) as Error));
  stream.on('close', () => source.destroy());
  return source.pipe(stream);
}
