import type { Change } from './change.js';

export interface Entry {
  jobId: string;
  attempt: number;
  change: Change;
}

/** What became of a flush; whoever is in neither list was written. */
export interface Recorded {
  /** The guard did not let them through. */
  refused: string[];
  /** Somebody else held their rows: no verdict, try again. */
  held: string[];
}

/** What a report changes of its `job`, whoever finds the row. */
const CHANGES = `
      lease_expires_at = clock_timestamp() + input.lease_ms * interval '1 millisecond',
      -- Declared lost, and yet alive before anybody else had it: it simply goes on.
      phase = coalesce(input.phase, CASE WHEN job.phase = 'recovering' THEN 'training' ELSE job.phase END),
      current_epoch = coalesce(input.epoch, job.current_epoch),
      current_batch = coalesce(input.batch, job.current_batch),
      progress = coalesce(floor(10000::float8 * input.epoch / job.total_epochs + 0.5) / 100, job.progress),
      loss = coalesce(input.loss, job.loss),
      validation_loss = coalesce(input.validation_loss, job.validation_loss),
      accuracy = coalesce(input.accuracy, job.accuracy),
      learning_rate = coalesce(input.learning_rate, job.learning_rate),
      estimated_time_remaining = coalesce(input.estimated_time_remaining, job.estimated_time_remaining),
      estimated_low = coalesce(input.estimated_low, job.estimated_low),
      estimated_high = coalesce(input.estimated_high, job.estimated_high),
      checkpoint = CASE WHEN input.epoch IS NULL THEN job.checkpoint ELSE input.checkpoints -> input.number - 1 END,
      failures = CASE WHEN input.epoch IS NULL THEN job.failures ELSE 0 END,
      reported_at = CASE WHEN input.batch IS NULL THEN job.reported_at ELSE clock_timestamp() END,
      updated_at = clock_timestamp()`;

/** That the attempt may still write, and that this is its next epoch. */
const GUARD = `job.attempt = input.attempt
      -- IS TRUE keeps the indexes of running jobs out of it: the row is found by its key, or is already.
      AND (job.status = 'running') IS TRUE
      -- Handed back: a write still under way must not bring the lease to life again.
      AND job.worker_id IS NOT NULL
      AND job.cancel_requested_at IS NULL
      AND job.pause_requested_at IS NULL
      AND (input.epoch IS NULL OR job.current_epoch = input.epoch - 1)
    RETURNING job.id, input.epoch, job.tenant_id, input.attempt, input.loss, input.validation_loss, input.accuracy,
      input.learning_rate, input.estimated_time_remaining, job.reported_at`;

/** The rows that an update has returned. */
const HISTORY = `
    INSERT INTO training_progress (
      job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy, learning_rate,
      estimated_time_remaining, timestamp
    )
    SELECT * FROM updated WHERE epoch IS NOT NULL`;

/** A single report, the most common one: the same as MANY, without its arrays. */
const ONE = `
  WITH locked AS (SELECT ctid AS place FROM training_jobs WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED),
  updated AS (
    UPDATE training_jobs AS job SET ${CHANGES}
    FROM (
      SELECT place, $2::int AS attempt, $3::int AS epoch, $4::float8 AS loss, $5::float8 AS validation_loss,
        $6::float8 AS accuracy, $7::float8 AS learning_rate, $8::bigint AS estimated_time_remaining,
        $9::bigint AS estimated_low, $10::bigint AS estimated_high, $11::int AS batch, $12::text AS phase,
        $13::jsonb AS checkpoints, $14::int AS lease_ms, 1 AS number
      FROM locked
    ) AS input
    WHERE job.ctid = input.place AND ${GUARD}
  ),
  history AS (${HISTORY}),
  passed_by AS (
    SELECT id FROM training_jobs WHERE id = $1 AND NOT EXISTS (SELECT FROM locked)
  )
  SELECT ARRAY(SELECT id FROM passed_by) AS held,
    ARRAY(
      SELECT $1::text WHERE NOT EXISTS (SELECT FROM updated) AND NOT EXISTS (SELECT FROM passed_by)
    ) AS refused`;

/**
 * The reports of any number of runs. Rows are locked first, in the order of their ids, passing by those that somebody
 * holds; then each job is updated under its guard and its epoch inserted. Each step hands on all that the next one needs,
 * and a row is looked up once: little is left to the planner, which takes any batch for ten rows, and would at times
 * compare each run with each (docs/decisions/0030).
 */
const MANY = `
  WITH input AS (
    -- Through SELECT the planner does not see how long they are: else it would plan small batches each time anew.
    SELECT * FROM unnest(
      (SELECT $1::text[]), (SELECT $2::int[]), (SELECT $3::int[]), (SELECT $4::float8[]), (SELECT $5::float8[]),
      (SELECT $6::float8[]), (SELECT $7::float8[]), (SELECT $8::bigint[]), (SELECT $9::bigint[]),
      (SELECT $10::bigint[]), (SELECT $11::int[]), (SELECT $12::text[])
    ) WITH ORDINALITY AS entry (
      job_id, attempt, epoch, loss, validation_loss, accuracy, learning_rate, estimated_time_remaining,
      estimated_low, estimated_high, batch, phase, at
    )
  ),
  locked AS (
    SELECT job.ctid AS place, input.* FROM input JOIN training_jobs AS job ON job.id = input.job_id
    ORDER BY job.id FOR NO KEY UPDATE OF job SKIP LOCKED
  ),
  updated AS (
    UPDATE training_jobs AS job SET ${CHANGES}
    FROM (SELECT *, at::int AS number, $13::jsonb AS checkpoints, $14::int AS lease_ms FROM locked) AS input
    -- Nobody can have moved it since it was locked; moved just before, it is not found, and the run asks again.
    WHERE job.ctid = input.place AND ${GUARD}
  ),
  history AS (${HISTORY}),
  passed_by AS (SELECT job_id FROM input EXCEPT SELECT job_id FROM locked),
  done AS MATERIALIZED (SELECT count(*) < cardinality($1) AS some_were_not FROM updated)
  SELECT
    CASE WHEN some_were_not THEN ARRAY(
      SELECT job_id FROM locked EXCEPT SELECT id FROM updated
      UNION ALL SELECT job_id FROM passed_by WHERE NOT EXISTS (SELECT FROM training_jobs WHERE id = job_id)
    ) ELSE '{}' END AS refused,
    CASE WHEN some_were_not THEN
      ARRAY(SELECT job_id FROM passed_by WHERE EXISTS (SELECT FROM training_jobs WHERE id = job_id))
    ELSE '{}' END AS held
  FROM done`;

type Value = number | string | null | undefined;

const COLUMNS: readonly ((entry: Entry) => Value)[] = [
  ({ jobId }) => jobId,
  ({ attempt }) => attempt,
  ({ change }) => change.epoch?.epoch,
  ({ change }) => change.epoch?.loss,
  ({ change }) => change.epoch?.validationLoss,
  ({ change }) => change.epoch?.accuracy,
  ({ change }) => change.epoch?.learningRate,
  ({ change }) => change.timeRemaining?.estimated,
  ({ change }) => change.timeRemaining?.low,
  ({ change }) => change.timeRemaining?.high,
  ({ change }) => change.batch,
];

/** Of numbers and our own ids, which need no quotes: much quicker than what the driver makes of an array. */
const arrayOf = (values: readonly Value[]) => `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** One entry or more, at most one a run. `leaseMs`: how long each lease is renewed for. */
export function recordStatement(entries: readonly Entry[], leaseMs: number) {
  const [only] = entries;
  const isOne = entries.length === 1;
  const columns = COLUMNS.map((pick) => (isOne ? (pick(only!) ?? null) : arrayOf(entries.map(pick))));
  // An engine's own words, whatever they are.
  const phases = entries.map(({ change }) => change.phase ?? null);
  const checkpoints = JSON.stringify(entries.map(({ change }) => change.epoch?.checkpoint ?? null));
  return {
    ...(isOne ? { name: 'record-one', text: ONE } : { name: 'record-many', text: MANY }),
    values: [...columns, isOne ? phases[0] : phases, checkpoints, leaseMs],
  };
}
