import fc from 'fast-check';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { readEnvironment } from '../src/config/environment.js';
import { JobProtocol } from '../src/modules/jobs/job.protocol.js';
import { Recorder } from '../src/modules/training/recorder/recorder.js';
import { DECLARE_LOST, END_OVERDUE } from '../src/modules/training/job.sweep.statements.js';
import { RunProtocol, type TrainingResult } from '../src/modules/training/run.protocol.js';
import type { Run } from '../src/modules/training/run.js';
import { datasetRow, jobRow } from './factories/row.factory.js';
import { claimed, epochChange, LEASE_MS } from './factories/run.factory.js';
import { connect } from './support/data-source.js';
import { answerLost } from './support/answer-lost.js';
import { testDatabase, type TestDatabase } from './support/database.js';

const RESULT: TrainingResult = {
  metrics: { loss: 0.1, validationLoss: 0.2, epochs: 1 },
  performance: { accuracy: 0.9, latency: 5, throughput: 100, memoryUsage: 64 },
  artefact: { path: 'm/a.json', size: 2, sha256: 'ab' },
};

const FAILURE = { code: 'artifact_not_stored', message: 'It failed.', mayPass: true };

describe('run protocol', () => {
  let database: TestDatabase;
  let source: DataSource;
  let pool: Pool;
  let runs: RunProtocol;
  let jobs: JobProtocol;
  let recorder: Recorder;
  let datasetId: string;

  beforeAll(async () => {
    database = await testDatabase();
    ({ source, pool } = await connect(database));
    runs = new RunProtocol(pool);
    jobs = new JobProtocol(source);
    recorder = new Recorder(pool, readEnvironment({}));
    datasetId = await datasetRow(database);
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const queued = (overrides = {}) => jobRow(database, datasetId, { total_epochs: 1, ...overrides });
  const job = async (id: string) => (await database.rows('SELECT * FROM training_jobs WHERE id = $1', [id]))[0]!;
  const version = async (id: string) =>
    (await database.rows('SELECT * FROM model_versions WHERE training_job_id = $1', [id]))[0];
  const expire = (id: string) =>
    database.rows('UPDATE training_jobs SET lease_expires_at = clock_timestamp() WHERE id = $1', [id]);
  /** What the reconciler does about a worker that is gone. */
  const lose = async (id: string) => {
    await expire(id);
    await pool.query({ ...DECLARE_LOST, values: [1] });
  };
  const trained = async (overrides = {}): Promise<Run> => {
    const run = await claimed(runs, await queued(overrides));
    await recorder.record(run, epochChange(1));
    return run;
  };

  describe('claim', () => {
    it('gives a run to one of many that want it', async () => {
      const id = await queued();
      const tries = Array.from({ length: 8 }, (_, worker) => runs.claim(id, 1, `worker_${worker}`, LEASE_MS));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      expect(await job(id)).toMatchObject({ status: 'running', phase: 'starting', attempt: 1, failures: 0 });
      expect(await version(id)).toMatchObject({ status: 'training', version: null });
    });

    it.each([
      ['an old generation', { generation: 2 }, ''],
      ['a job that was not started', { phase: 'created' }, ''],
      ['a job that waits for its dataset', { phase: 'waiting_for_dataset' }, ''],
      ['a live lease', { status: 'running' }, `lease_expires_at = clock_timestamp() + interval '1 minute'`],
      [
        'a cancel',
        { status: 'running' },
        `lease_expires_at = clock_timestamp(), cancel_requested_at = clock_timestamp()`,
      ],
      ['a pause', {}, 'pause_requested_at = clock_timestamp()'],
      ['a later next attempt', {}, `next_attempt_at = clock_timestamp() + interval '1 minute'`],
      ['a job that has ended', { status: 'completed' }, ''],
      [
        'a lease that ran out and was not declared lost',
        { status: 'running', phase: 'training' },
        `lease_expires_at = clock_timestamp()`,
      ],
    ])('passes by %s', async (_, overrides, change) => {
      const id = await queued(overrides);
      if (change) await database.rows(`UPDATE training_jobs SET ${change} WHERE id = $1`, [id]);
      expect(await runs.claim(id, 1, 'worker_test', LEASE_MS)).toBeNull();
    });

    it('counts a lost worker, but not a hand-back, and forgets both at the next epoch', async () => {
      const id = await queued({ total_epochs: 5 });
      await claimed(runs, id);
      await lose(id);
      expect(await job(id)).toMatchObject({ failures: 1, phase: 'recovering', last_error_code: 'worker_lost' });
      const second = await claimed(runs, id, 2);
      expect(second).toMatchObject({ attempt: 2, lastChance: false });
      expect(await runs.release(second)).toBe('recovering');
      expect(await runs.release(second)).toBeNull();
      const third = await claimed(runs, id, 3);
      expect(await job(id)).toMatchObject({ attempt: 3, failures: 1 });
      await recorder.record(third, epochChange(1));
      expect(await job(id)).toMatchObject({ failures: 0, current_epoch: 1 });
    });

    it('warns of the last chance, and the next loss fails the job', async () => {
      const id = await queued({ total_epochs: 5 });
      for (const generation of [1, 2]) {
        expect(await claimed(runs, id, generation)).toMatchObject({ lastChance: false });
        await lose(id);
      }
      expect(await claimed(runs, id, 3)).toMatchObject({ lastChance: true });
      await lose(id);
      expect(await job(id)).toMatchObject({ status: 'failed', error_code: 'worker_lost', attempt: 3 });
      expect(await version(id)).toMatchObject({ status: 'archived', status_reason: 'job_failed' });
    });

    it('lets a worker go on that was declared lost while nobody else has the run', async () => {
      const run = await claimed(runs, await queued({ total_epochs: 5 }));
      await lose(run.id);
      expect(await recorder.record(run, epochChange(1))).toBe('written');
      expect(await job(run.id)).toMatchObject({ phase: 'training', failures: 0, current_epoch: 1 });
      expect(await runs.claim(run.id, 2, 'worker_other', LEASE_MS)).toBeNull();
    });

    it('gives back a claim whose answer got lost', async () => {
      const id = await queued();
      const broken = new RunProtocol(answerLost(pool));
      await expect(broken.claim(id, 1, 'worker_test', LEASE_MS)).rejects.toThrow('answer lost');
      expect(await job(id)).toMatchObject({ status: 'running', phase: 'recovering', attempt: 1, failures: 0 });
      expect(await claimed(runs, id, 2)).toMatchObject({ attempt: 2 });
    });

    it('hands over the checkpoint of the last epoch', async () => {
      const run = await trained({ total_epochs: 5 });
      await lose(run.id);
      expect(await claimed(runs, run.id, 2)).toMatchObject({ currentEpoch: 1, checkpoint: { epoch: 1 }, attempt: 2 });
    });
  });

  describe('complete', () => {
    it('numbers versions of one model without gap or collision, thirty at once', async () => {
      const finished = await Promise.all(Array.from({ length: 30 }, () => trained({ model_id: 'crowd' })));
      const numbers = await Promise.all(finished.map((run) => runs.complete(run, RESULT)));
      const expected = Array.from({ length: 30 }, (_, minor) => `1.${minor}.0`);
      expect(numbers.toSorted()).toEqual(expected.toSorted());
      expect(await job(finished[0]!.id)).toMatchObject({ status: 'completed', phase: 'done', progress: 100 });
      expect(await version(finished[0]!.id)).toMatchObject({ status: 'ready', sha256: 'ab', file_size: '2' });
    });

    it('is refused to an attempt that lost the run, and to one that did not train every epoch it claims', async () => {
      const run = await trained();
      expect(await runs.complete(run, { ...RESULT, metrics: { ...RESULT.metrics, epochs: 2 } })).toBeNull();
      await lose(run.id);
      await claimed(runs, run.id, 2);
      expect(await runs.complete(run, RESULT)).toBeNull();
      expect(await version(run.id)).toMatchObject({ status: 'training', version: null });
    });

    it('can be recognised when its answer got lost', async () => {
      const run = await trained({ model_id: 'lost-answer' });
      expect(await runs.completedVersion(run)).toBeNull();
      await runs.complete(run, RESULT);
      expect(await runs.completedVersion(run)).toBe('1.0.0');
    });
  });

  describe('cancel', () => {
    it('ends a waiting job at once, and tells a training one to stop', async () => {
      const waiting = await queued();
      expect(await jobs.cancel('default', waiting)).toBe('cancelled');
      expect(await job(waiting)).toMatchObject({ status: 'cancelled', phase: 'done' });

      const run = await trained();
      expect(await jobs.cancel('default', run.id)).toBe('stopping');
      const { cancel_requested_at: first } = await job(run.id);
      expect(await jobs.cancel('default', run.id)).toBe('stopping');
      expect(await job(run.id)).toMatchObject({ status: 'running', phase: 'stopping', cancel_requested_at: first });
      expect(await runs.complete(run, RESULT)).toBeNull();
      expect(await runs.release(run)).toBeNull();
      expect(await runs.cancelled(run)).toBe(true);
      expect(await job(run.id)).toMatchObject({ status: 'cancelled', error: null });
      expect(await version(run.id)).toMatchObject({
        status: 'archived',
        status_reason: 'job_cancelled',
        version: null,
      });
    });

    it('ends a run at once where no lease is live', async () => {
      const run = await trained();
      await expire(run.id);
      expect(await jobs.cancel('default', run.id)).toBe('cancelled');
      expect(await version(run.id)).toMatchObject({ status: 'archived' });
      expect(await runs.cancelled(run)).toBe(false);
    });

    it('wins over a failure that comes later, and is nobody else’s to ask for', async () => {
      const run = await trained();
      expect(await jobs.cancel('other-tenant', run.id)).toBeNull();
      await jobs.cancel('default', run.id);
      expect(await runs.fail(run, FAILURE)).toBe('cancelled');
    });

    it('agrees with completion about who was first, whatever the order (property)', async () => {
      await fc.assert(
        fc.asyncProperty(fc.boolean(), async (cancelFirst) => {
          const run = await trained({ model_id: 'race' });
          const cancel = () => jobs.cancel('default', run.id);
          const complete = () => runs.complete(run, RESULT);
          const [cancelled, number] = cancelFirst
            ? await Promise.all([cancel(), complete()])
            : await Promise.all([complete(), cancel()]).then(([a, b]) => [b, a] as const);
          expect(number === null).toBe(cancelled !== null);
          const { status } = await job(run.id);
          expect(status).toBe(number === null ? 'running' : 'completed');
        }),
        { numRuns: 20 },
      );
    });
  });

  describe('retry', () => {
    const backoff = { first: 60_000, longest: 200_000 };

    it('waits longer after each failure in a row, and gives up when no attempt is left', async () => {
      const id = await queued({ total_epochs: 5 });
      await database.rows('UPDATE training_jobs SET max_attempts = 4 WHERE id = $1', [id]);
      const waits: number[] = [];
      for (const generation of [1, 2, 3]) {
        const run = await claimed(runs, id, generation);
        const next = (await runs.retry(run, FAILURE, backoff))!;
        waits.push(next.getTime() - Date.now());
        // The answer may have got lost: a second try must not count twice, nor end the job.
        expect(await runs.retry(run, FAILURE, backoff)).toBeNull();
        expect(await runs.fail(run, FAILURE)).toBeNull();
        expect(await job(id)).toMatchObject({ status: 'running', phase: 'retry_wait', failures: generation });
        expect(await runs.claim(id, generation + 1, 'worker_test', LEASE_MS)).toBeNull();
        await database.rows('UPDATE training_jobs SET next_attempt_at = clock_timestamp() WHERE id = $1', [id]);
      }
      for (const [index, least] of [30_000, 60_000, 100_000].entries()) {
        expect(waits[index]).toBeGreaterThan(least - 5_000);
        expect(waits[index]).toBeLessThan(2 * least + 5_000);
      }
      const last = await claimed(runs, id, 4);
      expect(await runs.retry(last, FAILURE, backoff)).toBeNull();
      expect(await runs.fail(last, FAILURE)).toBe('failed');
    });

    it('leaves a job that was to be paused paused', async () => {
      const run = await trained({ total_epochs: 5 });
      await jobs.pause('default', run.id);
      await runs.retry(run, FAILURE, backoff);
      expect(await job(run.id)).toMatchObject({ phase: 'paused', dispatch_at: null, worker_id: null });
      expect(await jobs.resume('default', run.id, datasetId)).toBe('retry_wait');
      const { dispatch_at, next_attempt_at } = await job(run.id);
      expect(dispatch_at).toEqual(next_attempt_at);
    });
  });

  describe('pause', () => {
    it('stops a job that waits at once, and lets it wait again', async () => {
      const id = await queued();
      expect(await jobs.pause('default', id)).toBe('paused');
      expect(await jobs.pause('default', id)).toBeNull();
      expect(await job(id)).toMatchObject({ status: 'pending', phase: 'paused' });
      expect(await runs.claim(id, 1, 'worker_test', LEASE_MS)).toBeNull();
      expect(await jobs.resume('default', id, datasetId)).toBe('queued');
      expect(await jobs.resume('default', id, datasetId)).toBeNull();
      expect(await claimed(runs, id, 2)).toMatchObject({ attempt: 1 });
    });

    it('asks a worker to stop, whose release then pauses', async () => {
      const run = await trained({ total_epochs: 5 });
      expect(await jobs.pause('default', run.id)).toBe('pausing');
      expect(await recorder.record(run, epochChange(2))).toBe('refused');
      expect(await runs.inspect(run)).toMatchObject({ standing: 'paused' });
      expect(await runs.askedToStop([run.id, 'job_none'])).toEqual([{ id: run.id, cause: 'paused' }]);
      expect(await runs.release(run)).toBe('paused');
      expect(await job(run.id)).toMatchObject({ status: 'running', phase: 'paused', dispatch_at: null });
      await pool.query({ ...DECLARE_LOST, values: [1] });
      expect(await job(run.id)).toMatchObject({ phase: 'paused', failures: 0 });
      expect(await jobs.resume('default', run.id, datasetId)).toBe('recovering');
      expect(await claimed(runs, run.id, 3)).toMatchObject({ attempt: 2, currentEpoch: 1 });
    });

    it('is withdrawn before the worker stops: it goes on, or hands back what it was about to', async () => {
      const run = await trained({ total_epochs: 5 });
      await jobs.pause('default', run.id);
      expect(await jobs.resume('default', run.id, datasetId)).toBe('training');
      expect(await recorder.record(run, epochChange(2))).toBe('written');
      await jobs.pause('default', run.id);
      await jobs.resume('default', run.id, datasetId);
      expect(await runs.release(run)).toBe('recovering');
      expect((await job(run.id)).dispatch_at).not.toBeNull();
    });

    it('keeps a worker out whose lease had run out', async () => {
      const run = await trained();
      await expire(run.id);
      expect(await jobs.pause('default', run.id)).toBe('paused');
      expect(await runs.complete(run, RESULT)).toBeNull();
      expect(await jobs.cancel('default', run.id)).toBe('cancelled');
    });

    it('does not count towards the deadline', async () => {
      const run = await trained({ total_epochs: 5 });
      await database.rows(
        `UPDATE training_jobs SET deadline_at = clock_timestamp() + interval '1 minute' WHERE id = $1`,
        [run.id],
      );
      await jobs.pause('default', run.id);
      await runs.release(run);
      await database.rows(
        `UPDATE training_jobs SET pause_requested_at = pause_requested_at - interval '1 hour' WHERE id = $1`,
        [run.id],
      );
      await jobs.resume('default', run.id, datasetId);
      const { msLeft } = await claimed(runs, run.id, 3);
      expect(msLeft! / 60_000).toBeGreaterThan(60);
      expect(msLeft! / 60_000).toBeLessThan(62);
    });

    it('is refused before the start, while stopping, and at the end', async () => {
      const created = await queued({ phase: 'created' });
      const stopping = await trained();
      await jobs.cancel('default', stopping.id);
      const ended = await queued({ status: 'failed', phase: 'done' });
      for (const id of [created, stopping.id, ended]) expect(await jobs.pause('default', id)).toBeNull();
    });
  });

  it('ends a job past its deadline that no worker has', async () => {
    const run = await trained({ total_epochs: 5 });
    await database.rows('UPDATE training_jobs SET deadline_at = clock_timestamp() WHERE id = $1', [run.id]);
    await pool.query(END_OVERDUE);
    expect(await job(run.id)).toMatchObject({ status: 'running' });
    await runs.release(run);
    await pool.query(END_OVERDUE);
    expect(await job(run.id)).toMatchObject({ status: 'failed', error_code: 'timed_out', dispatch_at: null });
    expect(await version(run.id)).toMatchObject({ status: 'archived' });
  });

  it('leaves a failed job with its reason and an archived version', async () => {
    const run = await trained();
    expect(await runs.fail(run, FAILURE)).toBe('failed');
    expect(await runs.fail(run, { ...FAILURE, message: 'Twice.' })).toBeNull();
    expect(await job(run.id)).toMatchObject({ status: 'failed', error_code: FAILURE.code, error: 'It failed.' });
    expect(await version(run.id)).toMatchObject({ status: 'archived', status_reason: 'job_failed' });
  });

  it('tells an attempt where it stands', async () => {
    const run = await trained({ total_epochs: 5 });
    expect(await runs.inspect(run)).toEqual({ standing: 'mine', currentEpoch: 1 });
    await jobs.cancel('default', run.id);
    expect(await runs.inspect(run)).toMatchObject({ standing: 'cancelled' });
    await runs.cancelled(run);
    expect(await runs.inspect(run)).toMatchObject({ standing: 'superseded' });
    expect(await runs.inspect({ ...run, id: 'job_none' })).toMatchObject({ standing: 'superseded' });
  });
});
