import { inSmallHeap } from './small-heap.js';

/** The API process. */
await inSmallHeap(() => import('./api-process.js'));
