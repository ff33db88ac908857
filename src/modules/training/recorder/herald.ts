import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { PROGRESS_CHANNEL } from '../../../queue/queues.js';

/** PostgreSQL's limit for a NOTIFY payload is 8,000 bytes. */
const PAYLOAD_BYTES = 7_000;
/** Milliseconds between notifications: a process that writes without a pause need not say so each time. */
const REST_MS = 2;
/** More than can be named: look at all that is watched. */
const LOOK_AGAIN = '*';

/**
 * Says which jobs have news, after they are committed. One notification is under way at a time, and whoever has news
 * meanwhile is in the next one: inside the commits they would make these wait for each other, since PostgreSQL lets one
 * transaction with a notification commit at a time.
 */
export class Herald {
  private readonly waiting = new Set<string>();
  private isTelling = false;

  constructor(private readonly pool: Pool) {}

  tell(jobIds: readonly string[]): void {
    for (const id of jobIds) this.waiting.add(id);
    if (!this.isTelling) void this.tellAll();
  }

  private async tellAll(): Promise<void> {
    this.isTelling = true;
    while (this.waiting.size > 0) {
      const list = [...this.waiting].join(',');
      this.waiting.clear();
      const payload = list.length <= PAYLOAD_BYTES ? list : LOOK_AGAIN;
      const said = this.pool.query({
        name: 'herald',
        text: 'SELECT pg_notify($1, $2)',
        values: [PROGRESS_CHANNEL, payload],
      });
      // Nothing depends on it: who missed it looks again every few seconds (progress/stream/awakenings.ts).
      await said.catch(() => {});
      await wait(REST_MS);
    }
    this.isTelling = false;
  }
}
