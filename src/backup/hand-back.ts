import type { ClientBase } from 'pg';

/**
 * What runs had at the moment of the backup they have no more: each is handed back as a worker does that is told to end
 * (RELEASE in modules/training/run.statements.ts), which is no failure. The generation rises, so that a delivery in a
 * queue that outlived the database finds nothing. A cancel or a pause that was asked for is done by the sweeps.
 */
const RUNS = `
  UPDATE training_jobs SET
    phase = CASE
      WHEN cancel_requested_at IS NOT NULL THEN phase
      WHEN pause_requested_at IS NOT NULL THEN 'paused'
      ELSE 'recovering'
    END,
    worker_id = NULL,
    lease_expires_at = clock_timestamp(),
    generation = generation + 1,
    dispatch_at = CASE WHEN pause_requested_at IS NULL AND cancel_requested_at IS NULL THEN clock_timestamp() END,
    enqueued_at = clock_timestamp(),
    updated_at = clock_timestamp()
  WHERE status = 'running' AND worker_id IS NOT NULL`;

/** The same for datasets (RELEASE in modules/processing/processing.statements.ts). */
const DATASETS = `
  UPDATE training_datasets SET
    lease_expires_at = NULL,
    worker_id = NULL,
    generation = generation + 1,
    dispatch_at = clock_timestamp(),
    updated_at = clock_timestamp()
  WHERE status = 'processing' AND lease_expires_at IS NOT NULL`;

/**
 * $1 the moment of the backup. A deadline counts the time that a job was there to be trained. Those that are paused get
 * theirs moved when they are resumed.
 */
const DEADLINES = `
  UPDATE training_jobs SET deadline_at = deadline_at + (clock_timestamp() - $1::timestamptz)
  WHERE status = 'running' AND deadline_at IS NOT NULL AND pause_requested_at IS NULL`;

/**
 * Events are streamed in the order of their transactions' numbers, which another server counts otherwise: as what
 * happened before there were streams, these have no place in them.
 */
const EVENTS = 'UPDATE job_events SET transaction = 0 WHERE transaction <> 0';

/** Has the work that was under way at `createdAt` go on, with whoever is there to do it. */
export async function handBack(client: ClientBase, createdAt: string): Promise<{ runs: number; datasets: number }> {
  await client.query(EVENTS);
  await client.query(DEADLINES, [createdAt]);
  const runs = await client.query(RUNS);
  const datasets = await client.query(DATASETS);
  return { runs: runs.rowCount ?? 0, datasets: datasets.rowCount ?? 0 };
}
