import { setFlagsFromString } from 'node:v8';

const GROWTH = '--semi-space-growth-factor';

/**
 * Begins a process whose code is loaded by `load`, which resolves when it is ready, in a young generation as small as it
 * begins. V8 doubles it, to three times 16 MiB in the end, each time that as much has survived in it as it is large. A few
 * thousand modules that are loaded do that at once and for nothing; so it may grow from then on, with what the process
 * is asked for. If it never did, a request would take 2.6 times as long in processor time (docs/decisions/0034).
 */
export async function inSmallHeap(load: () => Promise<unknown>): Promise<void> {
  setFlagsFromString(`${GROWTH}=1`);
  await load();
  setFlagsFromString(`${GROWTH}=2`);
}
