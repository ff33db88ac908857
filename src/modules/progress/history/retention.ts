import type pg from 'pg';
import { COUNT_OLD, REMOVE_OLD } from './retention.statements.js';

/** Of runs that ended long ago. */
export interface OldHistories {
  runs: number;
  epochs: number;
}

const DAY_MS = 86_400_000;

/** Runs and epochs that one statement removes: a fraction of a second, and little to hold for whoever waits. */
const RUNS_AT_ONCE = 50;
const EPOCHS_AT_ONCE = 20_000;

/** What removeOldHistories would remove. */
export async function countOldHistories(client: pg.ClientBase, days: number): Promise<OldHistories> {
  const { rows } = await client.query<OldHistories>(COUNT_OLD, [days * DAY_MS]);
  return rows[0]!;
}

/**
 * Removes the epochs of runs that ended more than so many days ago, the oldest first, and of all of a run together;
 * those of versions that are deployed just then stay. In many small transactions: whoever ends it loses nothing, and two at once share
 * the work. A run that somebody holds is left for the next time.
 */
export async function removeOldHistories(client: pg.ClientBase, days: number): Promise<OldHistories> {
  const removed: OldHistories = { runs: 0, epochs: 0 };
  for (;;) {
    const { rows } = await client.query<OldHistories>(REMOVE_OLD, [days * DAY_MS, RUNS_AT_ONCE, EPOCHS_AT_ONCE]);
    const { runs, epochs } = rows[0]!;
    if (runs === 0) return removed;
    removed.runs += runs;
    removed.epochs += epochs;
  }
}
