import type pg from 'pg';

/** How runs fared that a fault of this kind interrupted; times in milliseconds. */
export interface Recovery {
  fault: string;
  interrupted: number;
  recovered: number;
  median: number | null;
  most: number | null;
}

/** A run that took longest to go on, with what the platform told about it meanwhile. */
export interface SlowRecovery {
  fault: string;
  jobId: string;
  attempt: number;
  ms: number;
  at: Date;
  events: string[];
}

/**
 * From the fault to the run's next epoch: by another attempt, or by the same one when that was stored after the fault.
 * A run without one counts as recovered when it ended some other way than by a cancel. $1: faults after which only
 * another attempt can go on.
 */
const RECOVERED = `
  WITH recovered AS (
    SELECT struck.fault, struck."jobId", struck.attempt, struck.at,
      1000 * extract(epoch FROM coalesce(
        (SELECT min(timestamp) FROM training_progress AS epoch
         WHERE epoch.job_id = struck."jobId" AND epoch.current_epoch > struck.epoch
           AND epoch.timestamp > to_timestamp(struck.at / 1000)
           AND (epoch.attempt > struck.attempt OR NOT struck.fault = ANY($1))),
        CASE WHEN job.status <> 'cancelled' AND (job.attempt > struck.attempt OR NOT struck.fault = ANY($1))
          THEN job.completed_at END)) - struck.at AS ms
    FROM interruptions AS struck JOIN training_jobs AS job ON job.id = struck."jobId"
    -- A pause lasts as long as somebody wants it to.
    WHERE job.pause_requested_at IS NULL
      AND NOT EXISTS (SELECT FROM answers WHERE answers.id = job.id AND action = 'pause' AND status IN (0, 200, 202))
  )`;

const BY_FAULT = `${RECOVERED}
  SELECT fault, count(*)::int AS interrupted, count(ms)::int AS recovered,
    round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms))::int AS median, round(max(ms))::int AS most
  FROM recovered WHERE ms IS NULL OR ms > 0 GROUP BY GROUPING SETS ((fault), ()) ORDER BY fault NULLS LAST`;

/** $2: how many. */
const SLOWEST = `${RECOVERED}
  SELECT fault, "jobId", attempt, round(recovered.ms)::int AS ms, to_timestamp(recovered.at / 1000) AS at, (
    SELECT array_agg(concat_ws(' ', to_char(event.at, 'HH24:MI:SS.MS'), event.status, event.phase, 'attempt',
      event.attempt, 'epoch', event.epoch, event.worker_id, event.reason) ORDER BY event.number)
    FROM job_events AS event
    WHERE event.job_id = recovered."jobId"
      AND event.at BETWEEN to_timestamp(recovered.at / 1000) - interval '2 s' AND to_timestamp((recovered.at + recovered.ms) / 1000)
  ) AS events
  FROM recovered WHERE recovered.ms > 0 ORDER BY recovered.ms DESC LIMIT $2`;

const FATAL = ['worker killed', 'worker terminated'];

/** One entry a kind of fault, and one named `all`. */
export async function recoveries(client: pg.ClientBase): Promise<Recovery[]> {
  const { rows } = await client.query<Omit<Recovery, 'fault'> & { fault: string | null }>(BY_FAULT, [FATAL]);
  return rows.map((row) => ({ ...row, fault: row.fault ?? 'all' }));
}

export async function slowestRecoveries(client: pg.ClientBase, howMany: number): Promise<SlowRecovery[]> {
  const { rows } = await client.query<SlowRecovery>(SLOWEST, [FATAL, howMany]);
  return rows.map((row) => ({ ...row, events: row.events ?? [] }));
}
