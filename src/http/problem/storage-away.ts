import { ObjectMissingError, StoreUnavailableError } from '../../storage/object-store.js';

/** The store's disk is full, or the process has no handle left. */
const EXHAUSTED = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE']);

/** Whether a failure means that bytes cannot be stored or had at the moment. A row that names what is not there is no better. */
export function isStorageAway(error: unknown): boolean {
  if (error instanceof StoreUnavailableError || error instanceof ObjectMissingError) return true;
  return error instanceof Error && EXHAUSTED.has(String((error as { code?: unknown }).code));
}
