import type { Queue } from 'bullmq';

interface Delivery<T> {
  data: T;
  opts: { jobId: string };
}

/** As much of a queue as an outbox uses: delivers at least once, in any order, and may forget everything. */
export class MemoryQueue<T> {
  private readonly held = new Map<string, T>();

  add(_name: string, data: T, opts: Delivery<T>['opts']): Promise<void> {
    return this.addBulk([{ data, opts }]);
  }

  addBulk(deliveries: readonly Delivery<T>[]): Promise<void> {
    for (const { data, opts } of deliveries) this.held.set(opts.jobId, data);
    return Promise.resolve();
  }

  getJobState(id: string): Promise<string> {
    return Promise.resolve(this.held.has(id) ? 'waiting' : 'unknown');
  }

  /** The nth delivery; `keep`: it will be delivered again. */
  take(nth: number, keep = false): T | undefined {
    const ids = [...this.held.keys()];
    const id = ids[nth % ids.length];
    if (id === undefined) return undefined;
    const data = this.held.get(id);
    if (!keep) this.held.delete(id);
    return data;
  }

  forget(): void {
    this.held.clear();
  }

  /** What an outbox is handed. */
  get asQueue(): Queue {
    return this as unknown as Queue;
  }
}
