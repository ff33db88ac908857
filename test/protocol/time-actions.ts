import * as sweeps from '../../src/modules/training/job.sweep.statements.js';
import { Redelivery } from '../../src/queue/redelivery.js';
import { sweep, type Sweep } from '../../src/queue/sweep.js';
import type { Action } from './moment.js';

/** Milliseconds that DECLARE_LOST leaves workers after the server's start; it started before the suite. */
const SINCE_START_MS = 1;

/** Moves one of a job's times to now. */
const passes =
  (change: string): Action =>
  async (moment, step) => {
    await moment.world.database.rows(`UPDATE training_jobs SET ${change}`, [moment.job(step).id]);
    return null;
  };

const sweeping =
  (statement: Sweep, values: unknown[] = []): Action =>
  async ({ world }) => {
    await sweep(world.pool, statement, values);
    return null;
  };

/** The passing of time, and what a reconciler makes of it: nobody's to refuse. */
export const TIME_ACTIONS = {
  'lease-expires': passes(
    `lease_expires_at = clock_timestamp() WHERE id = $1 AND lease_expires_at > clock_timestamp()`,
  ),
  'backoff-passes': passes(
    `next_attempt_at = clock_timestamp(), dispatch_at = dispatch_at - (next_attempt_at - clock_timestamp())
     WHERE id = $1 AND status = 'running' AND next_attempt_at > clock_timestamp()`,
  ),
  'deadline-passes': passes(
    `deadline_at = clock_timestamp() WHERE id = $1 AND status = 'running' AND deadline_at IS NOT NULL`,
  ),
  'declare-lost': sweeping(sweeps.DECLARE_LOST, [SINCE_START_MS]),
  'end-orphaned-cancels': sweeping(sweeps.END_ORPHANED_CANCELS),
  'end-orphaned-pauses': sweeping(sweeps.END_ORPHANED_PAUSES),
  'end-overdue': sweeping(sweeps.END_OVERDUE),
  'wake-waiting': sweeping(sweeps.WAKE_WAITING),
  'fail-waiting': sweeping(sweeps.FAIL_WAITING),
  dispatch: async ({ world: { outboxes } }) => {
    await outboxes.training.dispatchDue();
    await outboxes.datasets.dispatchDue();
    return null;
  },
  redeliver: async ({ world: { pool, outboxes } }) => {
    const statements = { undelivered: sweeps.UNDELIVERED, again: sweeps.DISPATCH_AGAIN };
    await new Redelivery(pool, outboxes.training, statements, 0).next();
    return null;
  },
  'queue-forgets': ({ world }) => {
    world.trainingQueue.forget();
    world.datasetQueue.forget();
    return Promise.resolve(null);
  },
} satisfies Record<string, Action>;
