import { setFlagsFromString } from 'node:v8';

/**
 * Begins a process whose code is loaded by `load`, with a young generation that stays as small as it begins. V8 doubles it,
 * to three times 16 MiB in the end, each time that as much has survived in it as it is large, which loading a few thousand
 * modules does at once, and a process at rest never gives that back: some 20 MiB, while requests take as long
 * (docs/performance.md, Memory). Called before anything is loaded, since by then it has grown.
 */
export async function inSmallHeap(load: () => Promise<unknown>): Promise<void> {
  setFlagsFromString('--semi-space-growth-factor=1');
  await load();
}
