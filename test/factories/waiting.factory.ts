import type { TestDatabase } from '../support/database.js';
import { jobRow, type JobRow } from './row.factory.js';

export interface WaitingRow extends JobRow {
  priority: number;
  /** Seconds it has waited. */
  waited: number;
  /** Seconds until its next attempt, or since then. */
  retry_in: number | null;
  estimated_duration: number;
  estimated_time_remaining: number | null;
}

const INTERRUPTED = ['recovering', 'retry_wait'];

/** A job that waits for a worker as its columns say, written straight into the database; one second of training. */
export async function waitingRow(
  database: TestDatabase,
  datasetId: string,
  overrides: Partial<WaitingRow> = {},
): Promise<string> {
  const status = INTERRUPTED.includes(overrides.phase ?? '') ? 'running' : 'pending';
  const id = await jobRow(database, datasetId, { status, ...overrides });
  const row = { priority: 0, waited: 0, retry_in: null, estimated_duration: 1_000, estimated_time_remaining: null };
  const { priority, waited, retry_in, estimated_duration, estimated_time_remaining } = { ...row, ...overrides };
  await database.rows(
    `UPDATE training_jobs SET
       priority = $2,
       enqueued_at = clock_timestamp() - $3::float8 * interval '1 second',
       next_attempt_at = clock_timestamp() + $4::float8 * interval '1 second',
       estimated_duration = $5,
       estimated_time_remaining = $6
     WHERE id = $1`,
    [id, priority, waited, retry_in, estimated_duration, estimated_time_remaining],
  );
  return id;
}

/** A run that the worker holds for a minute more. */
export async function heldRow(
  database: TestDatabase,
  datasetId: string,
  workerId: string,
  overrides: Partial<WaitingRow> = {},
): Promise<string> {
  const id = await waitingRow(database, datasetId, { status: 'running', phase: 'training', attempt: 1, ...overrides });
  await database.rows(
    `UPDATE training_jobs SET worker_id = $2, attempt = 1, started_at = clock_timestamp(),
       lease_expires_at = clock_timestamp() + interval '1 minute'
     WHERE id = $1`,
    [id, workerId],
  );
  return id;
}

/** A worker that gave a sign of life so many seconds ago. */
export async function workerRow(database: TestDatabase, id: string, capacity: number, silent = 0): Promise<void> {
  await database.rows(
    `INSERT INTO workers (id, host, capacity, seen_at)
     VALUES ($1, 'here', $2, clock_timestamp() - $3::float8 * interval '1 second')`,
    [id, capacity, silent],
  );
}
