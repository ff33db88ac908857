import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import { newId } from '../../database/id.js';
import type { JobPhase } from '../jobs/job-state.js';
import type { Metrics, Performance } from '../jobs/metrics.js';
import { COMPLETE, COMPLETED_VERSION, END } from './ending.statements.js';
import type { Failure } from './failure.js';
import { persistently } from './persistently.js';
import { ASKED_TO_STOP, CLAIM, INSPECT, RELEASE, RETRY, UNCLAIM } from './run.statements.js';
import type { Run } from './run.js';
import { TrainingFailedError } from './training.errors.js';

/** A model file that lies in the store. */
export interface StoredArtefact {
  /** Relative to the artefacts folder. */
  path: string;
  /** Bytes. */
  size: number;
  sha256: string;
}

export interface TrainingResult {
  metrics: Metrics;
  performance: Performance;
  artefact: StoredArtefact;
}

/** How a row stands towards an attempt that could not write. */
export type Standing = 'mine' | 'cancelled' | 'paused' | 'superseded';

/** Milliseconds between attempts after failures that may pass: the first pause, doubled each time, and the longest. */
export interface Backoff {
  first: number;
  longest: number;
}

/**
 * The worker's half of the training protocol (docs/architecture.md). Every write names its attempt, so that whoever
 * lost the run changes nothing.
 */
@Injectable()
export class RunProtocol {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /**
   * Takes the run for a new attempt; null when somebody else has it, it has ended, or the delivery is out of date. A
   * claim whose answer got lost is given back before its error is thrown: nobody would train it. `withinQuotas`: a job
   * that is due to be dispatched anew is left alone, whose turn it may not be any more.
   */
  async claim(
    jobId: string,
    generation: number,
    workerId: string,
    leaseMs: number,
    withinQuotas = false,
  ): Promise<Run | null> {
    const claimId = randomUUID();
    const values = [jobId, generation, claimId, workerId, leaseMs, newId('version'), withinQuotas];
    try {
      const { rows } = await this.pool.query<Run & { seed: string; datasetSize: string | null }>({ ...CLAIM, values });
      const row = rows[0];
      if (!row) return null;
      return { ...row, seed: Number(row.seed), datasetSize: row.datasetSize === null ? null : Number(row.datasetSize) };
    } catch (error) {
      await persistently(() => this.pool.query({ ...UNCLAIM, values: [jobId, claimId] }));
      throw error;
    }
  }

  /** The version gets its number in the same statement; null when the attempt may not complete any more. */
  async complete(run: Run, { metrics, performance, artefact }: TrainingResult): Promise<string | null> {
    const { path, size, sha256 } = artefact;
    const measured = [JSON.stringify(metrics), JSON.stringify(performance)];
    const { rows } = await this.pool.query<{ version: string | null }>({
      ...COMPLETE,
      values: [run.id, run.attempt, metrics.epochs, ...measured, path, size, sha256],
    });
    const [completed] = rows;
    if (!completed) return null;
    if (completed.version === null)
      throw new TrainingFailedError('version_missing', `Job ${run.id} has no version row.`);
    return completed.version;
  }

  /** The number that this attempt's completion gave; for when its outcome got lost on the way. */
  async completedVersion(run: Run): Promise<string | null> {
    const { rows } = await this.pool.query<{ version: string }>({
      ...COMPLETED_VERSION,
      values: [run.id, run.attempt],
    });
    return rows[0]?.version ?? null;
  }

  /** Has a failed run tried again after a pause; null when its attempts are used up, or it is not this attempt's. */
  async retry(run: Run, { code, message }: Failure, { first, longest }: Backoff): Promise<Date | null> {
    const { rows } = await this.pool.query<{ nextAttemptAt: Date }>({
      ...RETRY,
      values: [run.id, run.attempt, code, message, first, longest],
    });
    return rows[0]?.nextAttemptAt ?? null;
  }

  /** Ends the run as failed, or as cancelled if that was asked for first; null when it is not this attempt's any more. */
  async fail(run: Run, { code, message }: Pick<Failure, 'code' | 'message'>): Promise<'failed' | 'cancelled' | null> {
    return this.end(run, code, message);
  }

  /** Ends a run whose cancel was asked for. */
  async cancelled(run: Run): Promise<boolean> {
    return (await this.end(run, null, null)) === 'cancelled';
  }

  /** Hands the run back, for another worker to continue or until it is resumed; null when a cancel was asked for or it is not ours. */
  async release(run: Run): Promise<JobPhase.Recovering | JobPhase.Paused | null> {
    const { rows } = await this.pool.query<{ phase: JobPhase.Recovering | JobPhase.Paused }>({
      ...RELEASE,
      values: [run.id, run.attempt],
    });
    return rows[0]?.phase ?? null;
  }

  /** For an attempt whose write did not come back: whether the row is still its own, and how far it got. */
  async inspect(run: Run): Promise<{ standing: Standing; currentEpoch: number }> {
    const { rows } = await this.pool.query<{ standing: Standing; currentEpoch: number }>({
      ...INSPECT,
      values: [run.id, run.attempt],
    });
    return rows[0] ?? { standing: 'superseded', currentEpoch: 0 };
  }

  /** Which of these jobs somebody wants to stop, for good or for a while. */
  async askedToStop(jobIds: readonly string[]): Promise<{ id: string; cause: 'cancelled' | 'paused' }[]> {
    const { rows } = await this.pool.query<{ id: string; cause: 'cancelled' | 'paused' }>({
      ...ASKED_TO_STOP,
      values: [jobIds],
    });
    return rows;
  }

  private async end(run: Run, code: string | null, message: string | null): Promise<'failed' | 'cancelled' | null> {
    const { rows } = await this.pool.query<{ status: 'failed' | 'cancelled' }>({
      ...END,
      values: [run.id, run.attempt, code, message],
    });
    return rows[0]?.status ?? null;
  }
}
