import { inSmallHeap } from './small-heap.js';

/** A worker process: processes datasets and trains jobs. Any number of them run side by side. */
await inSmallHeap(() => import('./worker-process.js'));
