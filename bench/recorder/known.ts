import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import { Job } from '../../src/modules/jobs/job.entity.js';
import { Progress } from '../../src/modules/jobs/progress.entity.js';
import { type Racing, reportOf } from './running-jobs.js';

/** What the recorder is held against: the ways in which epochs are usually written down. Each commits each epoch. */

const LEASE_MS = 30_000;
const BATCHES = 10;

/** A row as the ORM saves it, and the job as it updates it. */
export const byTypeOrm = (source: DataSource) => {
  const [progress, jobs] = [source.getRepository(Progress), source.getRepository(Job)];
  return async ({ run, epoch }: Racing) => {
    const { loss, validationLoss, accuracy, learningRate, checkpoint } = reportOf(epoch);
    const measured = { loss, validationLoss, accuracy, learningRate, estimatedTimeRemaining: 1_000 };
    await progress.save({ jobId: run.id, currentEpoch: epoch, tenantId: 'default', attempt: 1, ...measured });
    const leaseExpiresAt = new Date(Date.now() + LEASE_MS);
    const state = { currentEpoch: epoch, currentBatch: BATCHES, progress: 1, checkpoint, leaseExpiresAt };
    await jobs.update(run.id, { ...measured, ...state } as object);
  };
};

const INSERT = {
  name: 'bench-insert',
  text: `
    INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
      learning_rate, estimated_time_remaining)
    VALUES ($1, $2, 'default', 1, $3, $4, $5, $6, 1000)`,
};
const UPDATE = {
  name: 'bench-update',
  text: `
    UPDATE training_jobs SET current_epoch = $2, loss = $3, validation_loss = $4, accuracy = $5, learning_rate = $6,
      checkpoint = $7, current_batch = ${BATCHES}, lease_expires_at = clock_timestamp() + interval '30 seconds',
      updated_at = clock_timestamp()
    WHERE id = $1`,
};

/** Two prepared statements without a guard, each committed by itself. */
export const byTwoStatements =
  (pool: pg.Pool) =>
  async ({ run, epoch }: Racing) => {
    const { loss, validationLoss, accuracy, learningRate, checkpoint } = reportOf(epoch);
    const values = [run.id, epoch, loss, validationLoss, accuracy, learningRate];
    await pool.query({ ...INSERT, values });
    await pool.query({ ...UPDATE, values: [...values, checkpoint] });
  };

const FENCED = {
  name: 'bench-fenced',
  text: `
    WITH updated AS (
      UPDATE training_jobs SET current_epoch = $2, loss = $3, validation_loss = $4, accuracy = $5, learning_rate = $6,
        checkpoint = $7, current_batch = ${BATCHES}, lease_expires_at = clock_timestamp() + interval '30 seconds',
        updated_at = clock_timestamp()
      WHERE id = $1 AND attempt = 1 AND status = 'running' AND worker_id IS NOT NULL AND cancel_requested_at IS NULL
        AND pause_requested_at IS NULL AND current_epoch = $2 - 1
      RETURNING id
    )
    INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
      learning_rate, estimated_time_remaining)
    SELECT id, $2, 'default', 1, $3, $4, $5, $6, 1000 FROM updated`,
};

/** Both in one statement, with the recorder's guard and without its NOTIFY: an epoch, a commit. */
export const byFencedStatement =
  (pool: pg.Pool) =>
  async ({ run, epoch }: Racing) => {
    const { loss, validationLoss, accuracy, learningRate, checkpoint } = reportOf(epoch);
    const values = [run.id, epoch, loss, validationLoss, accuracy, learningRate, checkpoint];
    const { rowCount } = await pool.query({ ...FENCED, values });
    if (rowCount !== 1) throw new Error(`Epoch ${epoch} of ${run.id} was refused`);
  };

/** Rows of a transaction. */
const COPIED_AT_ONCE = 5_000;

/** Rows a second of COPY into the same table over one connection, an epoch of each run after the other; no job row. */
export async function copied(client: pg.Client, runs: Racing[], ms: number): Promise<number> {
  const from = performance.now();
  let rows = 0;
  while (performance.now() - from < ms) {
    const lines: string[] = [];
    while (lines.length < COPIED_AT_ONCE) for (const racing of runs) lines.push(lineOf(racing));
    const into = client.query(
      copyFrom(
        `COPY training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
           learning_rate, estimated_time_remaining) FROM STDIN`,
      ),
    );
    await pipeline(Readable.from([lines.join('')]), into);
    rows += lines.length;
  }
  return (1_000 * rows) / (performance.now() - from);
}

function lineOf(racing: Racing): string {
  racing.epoch += 1;
  const { loss, validationLoss, accuracy, learningRate } = reportOf(racing.epoch);
  const values = [racing.run.id, racing.epoch, 'default', 1, loss, validationLoss, accuracy, learningRate, 1_000];
  return `${values.join('\t')}\n`;
}
