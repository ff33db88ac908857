import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { type Environment, readEnvironment } from '../../src/config/environment.js';
import { runningQuotas } from '../../src/config/quotas.js';
import { JobProtocol } from '../../src/modules/jobs/job.protocol.js';
import { ProcessingProtocol, type ClaimedDataset } from '../../src/modules/processing/processing.protocol.js';
import { Recorder } from '../../src/modules/training/recorder/recorder.js';
import { RunProtocol } from '../../src/modules/training/run.protocol.js';
import type { Run } from '../../src/modules/training/run.js';
import type { DatasetDelivery, RunDelivery } from '../../src/queue/queues.js';
import { Outbox } from '../../src/queue/outbox.js';
import { reserveAny } from '../../src/queue/reserve.js';
import { reserveWithinQuotas } from '../../src/queue/reserve-within-quotas.js';
import { datasetRow, jobRow } from '../factories/row.factory.js';
import { connect } from '../support/data-source.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { MemoryQueue } from './memory-queue.js';
import type { JobRow } from './rows.js';

export const TENANT = 'default';
/** Nothing runs out by itself: time passes when a step says so. */
export const LEASE_MS = 3_600_000;

const WORKERS = 3;
const ORDER = { priority: '1', since: 'row.updated_at' };

/** A worker with connections of its own. */
export interface Worker {
  id: string;
  runs: RunProtocol;
  recorder: Recorder;
  datasets: ProcessingProtocol;
}

/** A run and the worker that claimed it; kept for good, as by a process that does not know that it lost it. */
export interface Held {
  run: Run;
  worker: Worker;
}

/** A job as it stands before a step. */
export interface Standing extends JobRow {
  /** Its lease has not run out. */
  leased: boolean;
  /** Its delivery may be claimed; without quotas any may. */
  offered: boolean;
  /** No pause between attempts keeps it waiting. */
  rested: boolean;
  /** Its dataset's. */
  dataset_status: string;
}

/** A small platform: one API, three workers, an own database, and a queue that can forget. */
export class World {
  readonly trainingQueue = new MemoryQueue<RunDelivery>();
  readonly datasetQueue = new MemoryQueue<DatasetDelivery>();
  readonly outboxes: { training: Outbox; datasets: Outbox };
  readonly jobs: JobProtocol;
  readonly withinQuotas: boolean;
  /** Oldest first. */
  jobIds: string[] = [];
  held: Held[] = [];
  claimedDatasets: ClaimedDataset[] = [];
  /** The one that has yet to be processed. */
  datasetId = '';
  private underWay: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly database: TestDatabase,
    readonly source: DataSource,
    readonly pool: Pool,
    readonly workers: readonly Worker[],
    readonly environment: Environment,
    private readonly sources: readonly DataSource[],
  ) {
    this.jobs = new JobProtocol(source);
    const quotas = runningQuotas(environment);
    this.withinQuotas = quotas !== null;
    this.outboxes = {
      training: new Outbox(
        pool,
        this.trainingQueue.asQueue,
        { table: 'training_jobs', payload: (jobId, generation): RunDelivery => ({ jobId, generation }) },
        quotas ? reserveWithinQuotas(pool, ORDER, quotas) : reserveAny(pool, 'training_jobs', ORDER),
      ),
      datasets: new Outbox(
        pool,
        this.datasetQueue.asQueue,
        {
          table: 'training_datasets',
          payload: (datasetId, generation): DatasetDelivery => ({ datasetId, generation }),
        },
        reserveAny(pool, 'training_datasets', ORDER),
      ),
    };
  }

  static async create(variables: Record<string, string> = {}): Promise<World> {
    const database = await testDatabase();
    const environment = readEnvironment({ LEASE_MS: String(LEASE_MS), ...variables });
    const api = await connect(database);
    const connections = await Promise.all(Array.from({ length: WORKERS }, () => connect(database)));
    const workers = connections.map(({ source, pool }, index) => ({
      id: `worker_${index}`,
      runs: new RunProtocol(pool),
      recorder: new Recorder(pool, environment),
      datasets: new ProcessingProtocol(pool, source),
    }));
    const sources = [api, ...connections].map(({ source }) => source);
    return new World(database, api.source, api.pool, workers, environment, sources);
  }

  /** Nothing but three jobs that nobody has started, of one model, the last of them on a dataset not yet processed. */
  async reset(): Promise<void> {
    await this.database.rows(
      'DELETE FROM model_versions; DELETE FROM training_jobs; DELETE FROM models; DELETE FROM training_datasets',
    );
    this.trainingQueue.forget();
    this.datasetQueue.forget();
    [this.held, this.claimedDatasets] = [[], []];
    const ready = await datasetRow(this.database);
    this.datasetId = await datasetRow(this.database, { status: 'uploading' });
    await this.database.rows(
      'UPDATE training_datasets SET generation = 1, dispatch_at = clock_timestamp() WHERE id = $1',
      [this.datasetId],
    );
    const created = { phase: 'created', generation: 0, total_epochs: 3 };
    this.jobIds = [];
    for (const datasetId of [ready, ready, this.datasetId]) {
      this.jobIds.push(await jobRow(this.database, datasetId, created));
    }
    await this.database.rows('UPDATE training_jobs SET max_attempts = 2, max_duration_ms = $2 WHERE id = $1', [
      this.jobIds[1],
      LEASE_MS,
    ]);
  }

  /** The jobs as they stand now. */
  async standings(): Promise<Map<string, Standing>> {
    const rows = await this.database.rows<{ standing: Standing }>(
      `SELECT to_jsonb(job) || jsonb_build_object(
         'leased', coalesce(job.lease_expires_at > clock_timestamp(), false),
         'offered', NOT $1 OR job.dispatch_at IS NULL OR job.dispatch_at > clock_timestamp(),
         'rested', coalesce(job.next_attempt_at <= clock_timestamp(), true),
         'dataset_status', dataset.status
       ) AS standing
       FROM training_jobs AS job JOIN training_datasets AS dataset ON dataset.id = job.dataset_id`,
      [this.withinQuotas],
    );
    return new Map(rows.map(({ standing }) => [standing.id, standing]));
  }

  /** One thing at a time happens here, and it is waited for in the end: a property that ran out of time leaves it. */
  during(work: () => Promise<void>): Promise<void> {
    const done = work();
    this.underWay = done.catch(() => {});
    return done;
  }

  async end(): Promise<void> {
    await this.underWay;
    await Promise.all(this.sources.map((source) => source.destroy()));
    await this.database.drop();
  }
}
