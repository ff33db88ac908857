import { remedyFor } from '../../database/remedy.js';
import { StoreUnavailableError } from '../../storage/object-store.js';

/** What a machine runs out of and gets back: room, file handles, processes, memory. */
const EXHAUSTED = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM']);

/** Whether looking at a dataset failed for a reason outside of it that may be gone the next time. */
export function mayPass(error: Error & { code?: unknown }): boolean {
  return error instanceof StoreUnavailableError || EXHAUSTED.has(String(error.code)) || remedyFor(error) === 'retry';
}
