import { createHash } from 'node:crypto';
import { ObjectMissingError, type ObjectStore } from './object-store.js';

/** Of all bytes of an object, hexadecimal; null where there is none. Rejects with StoreUnavailableError, or the signal's reason. */
export async function sha256Of(store: ObjectStore, key: string, signal?: AbortSignal): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of await store.read(key)) {
      signal?.throwIfAborted();
      hash.update(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof ObjectMissingError) return null;
    throw error;
  }
  return hash.digest('hex');
}
