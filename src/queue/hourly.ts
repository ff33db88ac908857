const HOUR_MS = 3_600_000;

/** Work that a worker does about once an hour, the first time within its first: workers take turns. Gives 0 in between. */
export function hourly(work: () => Promise<number>): () => Promise<number> {
  let nextAt = Date.now() + HOUR_MS * Math.random();
  return () => {
    if (Date.now() < nextAt) return Promise.resolve(0);
    nextAt = Date.now() + HOUR_MS;
    return work();
  };
}
