import type pg from 'pg';

/** How runs fared that a fault of this kind interrupted; times in milliseconds. */
export interface Recovery {
  fault: string;
  interrupted: number;
  recovered: number;
  median: number | null;
  most: number | null;
}

/**
 * From the fault to the run's next epoch: by another attempt, or by the same one when that was stored after the fault.
 * A run without one counts as recovered when it ended some other way than by a cancel.
 */
const RECOVERIES = `
  WITH recovered AS (
    SELECT struck.fault, struck."jobId",
      1000 * extract(epoch FROM coalesce(
        (SELECT min(timestamp) FROM training_progress AS epoch
         WHERE epoch.job_id = struck."jobId" AND epoch.current_epoch > struck.epoch
           AND epoch.timestamp > to_timestamp(struck.at / 1000)
           AND (epoch.attempt > struck.attempt OR NOT struck.fault = ANY($1))),
        CASE WHEN job.status <> 'cancelled' AND (job.attempt > struck.attempt OR NOT struck.fault = ANY($1))
          THEN job.completed_at END)) - struck.at AS ms
    FROM interruptions AS struck JOIN training_jobs AS job ON job.id = struck."jobId"
  )
  SELECT fault, count(*)::int AS interrupted, count(ms)::int AS recovered,
    round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms))::int AS median, round(max(ms))::int AS most
  FROM recovered WHERE ms IS NULL OR ms > 0 GROUP BY GROUPING SETS ((fault), ()) ORDER BY fault NULLS LAST`;

/** Faults after which only another attempt can go on. */
const FATAL = ['worker killed', 'worker terminated'];

/** One entry a kind of fault, and one named `all`. */
export async function recoveries(client: pg.ClientBase): Promise<Recovery[]> {
  const { rows } = await client.query<Omit<Recovery, 'fault'> & { fault: string | null }>(RECOVERIES, [FATAL]);
  return rows.map((row) => ({ ...row, fault: row.fault ?? 'all' }));
}
