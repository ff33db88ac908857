import { PROGRESS_CHANNEL } from '../../../queue/queues.js';
import type { Change } from './change.js';

export interface Entry {
  jobId: string;
  attempt: number;
  change: Change;
}

export interface Written {
  jobId: string;
  /** False when somebody else held the row: no verdict, try again. */
  locked: boolean;
  written: boolean;
}

/** PostgreSQL's limit for a NOTIFY payload is 8,000 bytes. */
const PAYLOAD_BYTES = 7_000;

/**
 * One statement for the reports of any number of runs. Rows are locked first, in the order of their ids, passing by
 * those that somebody holds; then each job is updated under its guard and its epoch inserted.
 */
const TEXT = `
  WITH input AS (
    SELECT * FROM unnest(
      $1::text[], $2::int[], $3::int[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::bigint[],
      $9::bigint[], $10::bigint[], $11::text[], $12::int[], $13::text[]
    ) AS entry (
      job_id, attempt, epoch, loss, validation_loss, accuracy, learning_rate, estimated_time_remaining,
      estimated_low, estimated_high, checkpoint, batch, phase
    )
  ),
  locked AS (
    SELECT job.id FROM training_jobs AS job JOIN input ON input.job_id = job.id
    ORDER BY job.id FOR NO KEY UPDATE OF job SKIP LOCKED
  ),
  updated AS (
    UPDATE training_jobs AS job SET
      lease_expires_at = clock_timestamp() + $14 * interval '1 millisecond',
      -- Declared lost, and yet alive before anybody else had it: it simply goes on.
      phase = coalesce(input.phase, CASE WHEN job.phase = 'recovering' THEN 'training' ELSE job.phase END),
      current_epoch = coalesce(input.epoch, job.current_epoch),
      current_batch = coalesce(input.batch, job.current_batch),
      progress = coalesce(round(100.0 * input.epoch / job.total_epochs, 2), job.progress),
      loss = coalesce(input.loss, job.loss),
      validation_loss = coalesce(input.validation_loss, job.validation_loss),
      accuracy = coalesce(input.accuracy, job.accuracy),
      learning_rate = coalesce(input.learning_rate, job.learning_rate),
      estimated_time_remaining = coalesce(input.estimated_time_remaining, job.estimated_time_remaining),
      estimated_low = coalesce(input.estimated_low, job.estimated_low),
      estimated_high = coalesce(input.estimated_high, job.estimated_high),
      checkpoint = coalesce(input.checkpoint::jsonb, job.checkpoint),
      failures = CASE WHEN input.epoch IS NULL THEN job.failures ELSE 0 END,
      reported_at = CASE WHEN input.batch IS NULL THEN job.reported_at ELSE clock_timestamp() END,
      updated_at = clock_timestamp()
    FROM input JOIN locked ON locked.id = input.job_id
    WHERE job.id = input.job_id
      AND job.attempt = input.attempt
      AND job.status = 'running'
      -- Handed back: a write still under way must not bring the lease to life again.
      AND job.worker_id IS NOT NULL
      AND job.cancel_requested_at IS NULL
      AND job.pause_requested_at IS NULL
      AND (input.epoch IS NULL OR job.current_epoch = input.epoch - 1)
    RETURNING job.id, job.tenant_id, job.reported_at
  ),
  history AS (
    INSERT INTO training_progress (
      job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy, learning_rate,
      estimated_time_remaining, timestamp
    )
    SELECT input.job_id, input.epoch, updated.tenant_id, input.attempt, input.loss, input.validation_loss,
      input.accuracy, input.learning_rate, input.estimated_time_remaining, updated.reported_at
    FROM input JOIN updated ON updated.id = input.job_id
    WHERE input.epoch IS NOT NULL
  )
  SELECT input.job_id AS "jobId", updated.id IS NOT NULL AS written,
    locked.id IS NOT NULL OR NOT EXISTS (SELECT FROM training_jobs WHERE id = input.job_id) AS locked,
    (SELECT pg_notify('${PROGRESS_CHANNEL}', $15) FROM updated WHERE $15 <> '' LIMIT 1)
  FROM input LEFT JOIN locked ON locked.id = input.job_id LEFT JOIN updated ON updated.id = input.job_id`;

/** Which jobs have news; heartbeats are none. Empty: nobody need be told. */
function payload(entries: readonly Entry[]): string {
  const ids = entries.filter(({ change }) => change.batch !== undefined || change.phase).map(({ jobId }) => jobId);
  const list = ids.join(',');
  return list.length <= PAYLOAD_BYTES ? list : '*';
}

/** At most one entry a run. `leaseMs`: how long each lease is renewed for. */
export function recordStatement(entries: readonly Entry[], leaseMs: number) {
  const column = <T>(pick: (entry: Entry) => T) => entries.map((entry) => pick(entry) ?? null);
  return {
    name: 'record',
    text: TEXT,
    values: [
      column(({ jobId }) => jobId),
      column(({ attempt }) => attempt),
      column(({ change }) => change.epoch?.epoch),
      column(({ change }) => change.epoch?.loss),
      column(({ change }) => change.epoch?.validationLoss),
      column(({ change }) => change.epoch?.accuracy),
      column(({ change }) => change.epoch?.learningRate),
      column(({ change }) => change.timeRemaining?.estimated),
      column(({ change }) => change.timeRemaining?.low),
      column(({ change }) => change.timeRemaining?.high),
      column(({ change }) => change.epoch && JSON.stringify(change.epoch.checkpoint)),
      column(({ change }) => change.batch),
      column(({ change }) => change.phase),
      leaseMs,
      payload(entries),
    ],
  };
}
