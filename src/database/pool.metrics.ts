import type { Pool } from 'pg';
import { gauge } from '../metrics/registry.js';

let measured: Pool | undefined;

gauge({
  name: 'database_pool_connections',
  help: 'Connections of the process to the database, by what they do; those of the queue are not counted.',
  labels: ['state'],
  collect() {
    if (!measured) return;
    this.set({ state: 'idle' }, measured.idleCount);
    this.set({ state: 'busy' }, measured.totalCount - measured.idleCount);
  },
});

gauge({
  name: 'database_pool_waiting',
  help: 'Statements that wait for a connection.',
  collect() {
    if (measured) this.set(measured.waitingCount);
  },
});

/** Has the pool of this process counted with each scrape. */
export function measurePool(pool: Pool): void {
  measured = pool;
}
