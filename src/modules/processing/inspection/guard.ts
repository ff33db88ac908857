import { Worker } from 'node:worker_threads';

/**
 * Ends this process when its time is up, or when who started it is gone, from a thread of its own: whatever keeps the
 * main thread busy cannot keep this one.
 */
export function guard(limitMs: number): void {
  const thread = new Worker(new URL('./guard-thread.js', import.meta.url), {
    workerData: { parent: process.ppid, limitMs },
    execArgv: [],
  });
  thread.unref();
}
