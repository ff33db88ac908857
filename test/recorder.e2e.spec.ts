import fc from 'fast-check';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { readEnvironment } from '../src/config/environment.js';
import { JobPhase } from '../src/modules/jobs/job-state.js';
import { DECLARE_LOST } from '../src/modules/training/job.sweep.statements.js';
import { HEARTBEAT } from '../src/modules/training/recorder/change.js';
import { recordStatement } from '../src/modules/training/recorder/record.statement.js';
import { Recorder } from '../src/modules/training/recorder/recorder.js';
import { RunProtocol } from '../src/modules/training/run.protocol.js';
import type { Run } from '../src/modules/training/run.js';
import { datasetRow, jobRow } from './factories/row.factory.js';
import { claimed, epochChange } from './factories/run.factory.js';
import { connect } from './support/data-source.js';
import { testDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { plansOf } from './support/plans.js';

describe('recorder', () => {
  let database: TestDatabase;
  let source: DataSource;
  let pool: Pool;
  let protocol: RunProtocol;
  let recorder: Recorder;
  let datasetId: string;

  beforeAll(async () => {
    database = await testDatabase();
    ({ source, pool } = await connect(database));
    protocol = new RunProtocol(pool);
    datasetId = await datasetRow(database);
  });

  beforeEach(() => {
    recorder = new Recorder(pool, readEnvironment({}));
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const open = async (): Promise<Run> => {
    const run = await claimed(protocol, await jobRow(database, datasetId));
    recorder.open(run);
    return run;
  };
  /** What the reconciler does about a worker that is gone. */
  const lose = async (id: string) => {
    await database.rows('UPDATE training_jobs SET lease_expires_at = clock_timestamp() WHERE id = $1', [id]);
    await pool.query({ ...DECLARE_LOST, values: [1] });
  };
  const job = async (id: string) => (await database.rows('SELECT * FROM training_jobs WHERE id = $1', [id]))[0]!;
  const history = (id: string) =>
    database.rows<{ current_epoch: number; attempt: number }>(
      'SELECT current_epoch, attempt FROM training_progress WHERE job_id = $1 ORDER BY current_epoch',
      [id],
    );

  it.each([1, 300])(
    'finds the rows of %d reports by their keys, however little is known about the table',
    async (count) => {
      await open();
      await database.rows(
        `INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters,
        configuration, seed, status, phase, worker_id, total_epochs, total_batches, attempt)
      SELECT 'job_planned_' || $2::int || '_' || number, 'default', 'rows', $1, 'm', 'cnn', '{}', '{}', 7, 'running',
        'training', 'w', 10, 10, 1 FROM generate_series(1, 1000) AS number`,
        [datasetId, count],
      );
      const entries = Array.from({ length: count }, (_, index) => ({
        jobId: `job_planned_${count}_${index + 1}`,
        attempt: 1,
        change: epochChange(1),
      }));
      const { text, values } = recordStatement(entries, 30_000);
      const [nodes] = await plansOf(source, () => source.query(text, values));
      const reads = nodes!.filter((node) => node['Relation Name'] === 'training_jobs' && node['Actual Loops'] > 0);
      const kinds = new Set(reads.map((node) => node['Node Type']).filter((kind) => kind !== 'ModifyTable'));
      expect([...kinds].sort()).toEqual(['Index Scan', 'Tid Scan']);
    },
  );

  it('writes an epoch to the job and to its history at once', async () => {
    const run = await open();
    expect(await recorder.record(run, epochChange(1, { loss: 0.5, checkpoint: { w: [1, 2] } }))).toBe('written');
    expect(await job(run.id)).toMatchObject({
      current_epoch: 1,
      current_batch: 10,
      progress: 10,
      loss: 0.5,
      checkpoint: { w: [1, 2] },
    });
    expect(await history(run.id)).toEqual([{ current_epoch: 1, attempt: 1 }]);
  });

  it('changes the job alone for batches, phases and heartbeats, and renews the lease with each', async () => {
    const run = await open();
    const lease = async () => (await job(run.id)).lease_expires_at as Date;
    const before = await lease();
    for (const change of [{ batch: 4, phase: JobPhase.Training }, { phase: JobPhase.Saving }, HEARTBEAT]) {
      const last = await lease();
      expect(await recorder.record(run, change)).toBe('written');
      expect((await lease()).getTime()).toBeGreaterThanOrEqual(last.getTime());
    }
    expect((await lease()).getTime()).toBeGreaterThan(before.getTime());
    expect(await job(run.id)).toMatchObject({ current_epoch: 0, current_batch: 4, phase: 'saving' });
    expect(await history(run.id)).toEqual([]);
  });

  it.each([
    ['another attempt has the run', 'UPDATE training_jobs SET attempt = attempt + 1 WHERE id = $1'],
    ['a cancel was asked for', 'UPDATE training_jobs SET cancel_requested_at = clock_timestamp() WHERE id = $1'],
    ['a pause was asked for', 'UPDATE training_jobs SET pause_requested_at = clock_timestamp() WHERE id = $1'],
    ['the job has ended', `UPDATE training_jobs SET status = 'failed' WHERE id = $1`],
    ['the run was handed back', 'UPDATE training_jobs SET worker_id = NULL WHERE id = $1'],
  ])('refuses to write when %s', async (_, sql) => {
    const run = await open();
    await recorder.record(run, epochChange(1));
    await database.rows(sql, [run.id]);
    expect(await recorder.record(run, epochChange(2))).toBe('refused');
    expect(await recorder.record(run, HEARTBEAT)).toBe('refused');
    expect(await history(run.id)).toHaveLength(1);
  });

  it('refuses an epoch that is not the next one', async () => {
    const run = await open();
    expect(await recorder.record(run, epochChange(2))).toBe('refused');
    await recorder.record(run, epochChange(1));
    expect(await recorder.record(run, epochChange(1))).toBe('refused');
    expect(await history(run.id)).toHaveLength(1);
  });

  it('gathers the reports of many runs into few statements', async () => {
    const runs = await Promise.all(Array.from({ length: 40 }, open));
    const query = jest.spyOn(pool, 'query');
    for (let epoch = 1; epoch <= 10; epoch++) {
      const outcomes = await Promise.all(runs.map((run) => recorder.record(run, epochChange(epoch))));
      expect(new Set(outcomes)).toEqual(new Set(['written']));
    }
    const statements = query.mock.calls.length;
    query.mockRestore();
    expect(statements).toBeLessThan(100);
    for (const run of runs) expect(await history(run.id)).toHaveLength(10);
  });

  it('does not let one bad row stop the others', async () => {
    const [bad, ...good] = await Promise.all(Array.from({ length: 5 }, open));
    // PostgreSQL cannot store a NUL, not even inside JSON.
    const refused = recorder.record(bad!, epochChange(1, { checkpoint: { text: '\u0000' } }));
    const written = good.map((run) => recorder.record(run, epochChange(1)));
    await expect(refused).rejects.toMatchObject({ code: 'report_refused' });
    expect(await Promise.all(written)).toEqual(['written', 'written', 'written', 'written']);
  });

  it('passes by a row that somebody holds, and writes it as soon as it is free', async () => {
    // As many as there are statements under way at a time: none of them may wait.
    const [free, held, another] = await Promise.all([open(), open(), open()]);
    const holder = await database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM training_jobs WHERE id = ANY($1) FOR UPDATE', [[held.id, another.id]]);
    const waiting = [held, another].map((run) => recorder.record(run, epochChange(1)));
    expect(await recorder.record(free, epochChange(1))).toBe('written');
    expect(await history(held.id)).toEqual([]);
    const heartbeat = recorder.record(held, HEARTBEAT);
    await holder.query('COMMIT');
    holder.release();
    expect(await Promise.all([...waiting, heartbeat])).toEqual(['written', 'written', 'written']);
  });

  it.each(['reading, saving', '{"quoted"} \\ '])(
    "keeps an engine's own word for a phase to its run: %s",
    async (word) => {
      const runs = [await open(), await open(), await open()];
      await Promise.all(runs.map((run) => recorder.record(run, epochChange(1))));
      const phases = [word as JobPhase, undefined, undefined];
      const told = runs.map((run, index) => recorder.record(run, { ...epochChange(2), phase: phases[index]! }));
      expect(await Promise.all(told)).toEqual(['written', 'written', 'written']);
      const kept = await Promise.all(runs.map(async ({ id }) => (await job(id)).phase as string));
      expect(kept).toEqual([word, 'starting', 'starting']);
    },
  );

  it('outlives a lost connection', async () => {
    const run = await open();
    await recorder.record(run, epochChange(1));
    await database.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'ai-training-platform'`,
    );
    expect(await recorder.record(run, epochChange(2))).toBe('written');
    expect(await history(run.id)).toHaveLength(2);
  });

  it('tells listeners which jobs have news, and nobody of heartbeats', async () => {
    const run = await open();
    const heard: string[] = [];
    const listener = await database.pool.connect();
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('LISTEN training_progress');
    await recorder.record(run, HEARTBEAT);
    await recorder.record(run, epochChange(1));
    await eventually(() => heard.length > 0, 'a notification');
    expect(heard).toEqual([run.id]);
    listener.release(true);
  });

  it('keeps two attempts of one job apart, though both wait in the same process', async () => {
    const old = await open();
    await lose(old.id);
    const young = await claimed(protocol, old.id, 2);
    recorder.open(young);
    const late = recorder.record(old, epochChange(1, { loss: 42 }));
    const beat = recorder.record(young, HEARTBEAT);
    expect(await Promise.all([late, beat])).toEqual(['refused', 'written']);
    expect(await history(old.id)).toEqual([]);
    const again = recorder.record(old, HEARTBEAT);
    const rightful = recorder.record(young, epochChange(1));
    expect(await Promise.all([again, rightful])).toEqual(['refused', 'written']);
    expect(await history(old.id)).toEqual([{ current_epoch: 1, attempt: 2 }]);
  });

  it('splits a batch that an engine has spoilt before anything is sent', async () => {
    const [bad, good] = await Promise.all([open(), open()]);
    const spoilt = recorder.record(bad, epochChange(1, { checkpoint: { big: 1n } }));
    const written = recorder.record(good, epochChange(1));
    await expect(spoilt).rejects.toThrow(TypeError);
    expect(await written).toBe('written');
  });

  it('keeps epochs 1..n and attempts in order, however competing attempts interleave (property)', async () => {
    const steps = fc.array(fc.record({ by: fc.constantFrom('old', 'new'), ahead: fc.integer({ min: 0, max: 2 }) }), {
      minLength: 1,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(steps, fc.nat({ max: 24 }), async (moves, takeover) => {
        const id = await jobRow(database, datasetId, { total_epochs: 100 });
        const old = await claimed(protocol, id);
        let current: Run = old;
        for (const [index, { by, ahead }] of moves.entries()) {
          if (index === takeover) {
            await lose(id);
            current = await claimed(protocol, id, 2);
          }
          const writer = by === 'old' ? old : current;
          const { current_epoch: reached } = await job(id);
          await recorder.record(writer, epochChange(Math.max(1, (reached as number) + ahead)));
        }
        const rows = await history(id);
        const { current_epoch: last } = await job(id);
        expect(rows.map((row) => row.current_epoch)).toEqual(Array.from({ length: last as number }, (_, i) => i + 1));
        const attempts = rows.map((row) => row.attempt);
        expect(attempts).toEqual(attempts.toSorted((a, b) => a - b));
      }),
      { numRuns: 25 },
    );
  });
});
