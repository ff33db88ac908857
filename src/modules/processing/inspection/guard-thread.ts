import { workerData } from 'node:worker_threads';

const LOOK_MS = 500;

/** See guard.ts. */
const { parent, limitMs } = workerData as { parent: number; limitMs: number };
const end = performance.now() + limitMs;
setInterval(() => {
  if (process.ppid !== parent || performance.now() > end) process.kill(process.pid, 'SIGKILL');
}, LOOK_MS);
