import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/database/connection.js';
import { startEmbeddedPostgres } from '../src/embedded/embedded-postgres.js';
import { removeEmbeddedPostgres } from '../src/embedded/server-home.js';
import { penguinsCsv } from './factories/penguins.factory.js';
import { filesBelow, run, sha256 } from './support/backup.js';
import { type Client, testToken } from './support/client.js';
import { databaseAt, type TestDatabase } from './support/database.js';
import { EventStream } from './support/event-stream.js';
import { everyTable, fingerprint } from './support/fingerprint.js';
import { postOnce } from './support/keyed.js';
import { TestPlatform } from './support/platform.js';
import { versionPath } from './support/registry.js';
import {
  datasetSettled,
  ended,
  eventsOf,
  getJob,
  getProgress,
  reachesEpoch,
  reachesPhase,
  startedJob,
  versionsOf,
} from './support/training.js';
import { declared, uploaded } from './support/uploads.js';

/** What a run under way writes to, and its worker. All other tables stand still while a backup is made here. */
const MOVING = ['training_jobs', 'training_progress', 'job_events', 'workers'];
/** Ten seconds: in the middle of it for as long as a backup takes. */
const HELD = { hyperparameters: { epochs: 40 }, simulation: { seed: 42, epochMs: 250 } };
const QUICK = { hyperparameters: { epochs: 20 }, simulation: { seed: 11, epochMs: 5 } };

describe('a backup of a platform at work', () => {
  let base: string;
  let original: TestPlatform;
  let restored: TestPlatform;
  const jobs = { running: '', queued: '', paused: '', cancelled: '' };
  let still: Record<string, unknown>;
  let pausedAt: number;
  let runningAt: number;
  let deployed: { sha256: string; tag: string | null };
  const alice = testToken({ sub: 'alice' });
  let feed: EventStream;

  const folder = () => path.join(base, 'backup');
  const download = async (client: Client) => {
    const { text, headers } = await client.get(`${versionPath('served', '1.0.0')}/artifact`);
    return { sha256: sha256(text), tag: headers.get('etag') };
  };
  const staysStill = async (database: TestDatabase) =>
    fingerprint(
      database,
      (await everyTable(database)).filter((table) => !MOVING.includes(table) && table !== 'schema_migrations'),
    );
  const order = (client: Client) => postOnce(client, 'once', '/datasets', ORDER);

  beforeAll(async () => {
    base = mkdtempSync(path.join(tmpdir(), 'backup-'));
    chmodSync(base, 0o711);
    original = await TestPlatform.start({ environment: { WORKER_CONCURRENCY: '1' } });
    const { client } = original;
    const { id: datasetId } = await uploaded(client, penguinsCsv());
    await ended(client, await startedJob(client, datasetId, { ...QUICK, modelId: 'served' }));
    expect((await client.post(`${versionPath('served', '1.0.0')}/deploy`)).status).toBe(200);
    expect((await client.post('/revocations', { subject: 'alice' })).status).toBe(201);
    const ordered = await order(client);
    expect(ordered.status).toBe(201);
    await datasetSettled(client, ordered.body.id);
    await declared(client, { name: 'Not yet uploaded' });
    jobs.paused = await startedJob(client, datasetId, { ...HELD, modelId: 'paused' });
    await reachesEpoch(client, jobs.paused, 2);
    await client.post(`/jobs/${jobs.paused}/pause`);
    await reachesPhase(client, jobs.paused, 'paused');
    pausedAt = (await getProgress(client, jobs.paused)).currentEpoch;
    jobs.cancelled = await startedJob(client, datasetId, { ...HELD, modelId: 'cancelled' });
    await reachesEpoch(client, jobs.cancelled, 1);
    await client.post(`/jobs/${jobs.cancelled}/cancel`);
    await ended(client, jobs.cancelled);
    jobs.running = await startedJob(client, datasetId, { ...HELD, modelId: 'running' });
    jobs.queued = await startedJob(client, datasetId, { ...QUICK, modelId: 'queued' });
    await reachesEpoch(client, jobs.running, 5);
    deployed = await download(client);

    still = await staysStill(original.database);
    const { code, errors } = await run('cli/backup.js', original.variables(), [folder()]);
    expect([code, errors]).toEqual([0, []]);
    // In the middle of it from before the backup to after it.
    expect(await getJob(client, jobs.running)).toMatchObject({ status: 'running' });
    expect(await staysStill(original.database)).toEqual(still);
    await ended(client, jobs.running);
  });

  afterAll(async () => {
    feed?.cut();
    await restored?.stop();
    await original.stop();
    await removeEmbeddedPostgres(path.join(base, 'data', 'postgres'));
    rmSync(base, { recursive: true, force: true });
  });

  it('is whole, and for its owner alone', () => {
    const files = filesBelow(folder());
    const listed = readFileSync(path.join(folder(), 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    expect(Object.fromEntries(listed.map((line) => line.split('  ').toReversed()))).toEqual(
      Object.fromEntries(Object.entries(files).filter(([name]) => name !== 'SHA256SUMS')),
    );
    for (const name of ['', ...readdirSync(folder(), { recursive: true, encoding: 'utf8' })]) {
      const stats = statSync(path.join(folder(), name));
      expect([name, stats.mode & 0o777]).toEqual([name, stats.isDirectory() ? 0o700 : 0o600]);
    }
    expect(readdirSync(base)).toEqual(['backup']);
  });

  it('has every table of the schema', async () => {
    const { tables } = JSON.parse(readFileSync(path.join(folder(), 'manifest.json'), 'utf8')) as {
      tables: { name: string }[];
    };
    expect([...tables.map(({ name }) => name), 'schema_migrations'].toSorted()).toEqual(
      (await everyTable(original.database)).toSorted(),
    );
    // It carries rows alone: a sequence of the platform's own would begin anew.
    const sequences = await original.database.rows(
      `SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()`,
    );
    expect(sequences).toEqual([{ sequencename: 'schema_migrations_id_seq' }]);
  });

  it('is restored into a server of its own, with the rows and files that there were', async () => {
    const { code, errors } = await run('cli/restore.js', { DATA_DIR: path.join(base, 'data') }, [folder()]);
    expect([code, errors]).toEqual([0, []]);

    const server = await startEmbeddedPostgres({ folder: path.join(base, 'data', 'postgres') });
    const database = databaseAt(server.url, () => server.stop());
    expect(await staysStill(database)).toEqual(still);
    const source = await new DataSource(dataSourceOptions(server.url, 1)).initialize();
    expect((await source.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
    await source.destroy();

    // What moves: equal but for what goes on. Epochs and events are only added, and the restored ones are the first.
    const [at] = await database.rows<{ current_epoch: number }>(
      `SELECT current_epoch, phase, worker_id, generation FROM training_jobs WHERE id = $1`,
      [jobs.running],
    );
    runningAt = at!.current_epoch;
    expect(at).toMatchObject({ phase: 'recovering', worker_id: null, generation: 2 });
    const same = async (sql: string) => {
      const [there, here] = await Promise.all([original.database.rows(sql), database.rows(sql)]);
      expect(here).toEqual(there);
      expect(here.length).toBeGreaterThan(0);
    };
    const { running, queued, cancelled, paused } = jobs;
    await same(`SELECT md5(string_agg(p::text, '|' ORDER BY p::text)) FROM training_progress AS p
      WHERE job_id <> '${running}' AND job_id <> '${queued}' OR current_epoch <= ${runningAt} AND job_id = '${running}'`);
    await same(`SELECT md5(string_agg(j::text, '|' ORDER BY j::text)) FROM training_jobs AS j
      WHERE id NOT IN ('${running}', '${queued}')`);
    await same(`SELECT md5(string_agg((to_jsonb(e) - 'transaction')::text, '|' ORDER BY e::text)) FROM job_events AS e
      WHERE job_id IN ('${cancelled}', '${paused}')`);
    // No number of a transaction comes from the other server: the one that there is was written by the restore.
    expect(await database.rows('SELECT job_id, reason FROM job_events WHERE transaction <> 0')).toEqual([
      { job_id: running, reason: 'handed_back' },
    ]);

    const files = filesBelow(path.join(base, 'data'));
    const kept = Object.entries(filesBelow(path.join(folder(), 'files')));
    expect(kept).toHaveLength(2);
    for (const [name, sum] of kept) expect([name, files[name]]).toEqual([name, sum]);

    restored = await TestPlatform.start({ database, folder: path.join(base, 'data'), workers: 0 });
    feed = await EventStream.open(restored.client.origin, '/jobs/stream');
    await feed.until('snapshot');
    await restored.addWorker();
  });

  it('lets the run go on after its last epoch, to the model that the original became', async () => {
    const { client } = restored;
    expect(await ended(client, jobs.running)).toMatchObject({ status: 'completed', attempt: 2 });
    const [mine, theirs] = await Promise.all(
      [client, original.client].map(async (each) => (await versionsOf(each, 'running'))[0]!),
    );
    expect(mine).toMatchObject({ status: 'ready', version: '1.0.0', sha256: theirs!.sha256, metrics: theirs!.metrics });
    expect(sha256(readFileSync(path.join(restored.artefacts, mine!.filePath!)))).toBe(theirs!.sha256);
    const history = `SELECT current_epoch, loss, validation_loss, accuracy, learning_rate, attempt FROM training_progress
      WHERE job_id = $1 ORDER BY 1`;
    const epochs = await restored.database.rows<{ current_epoch: number; attempt: number }>(history, [jobs.running]);
    const undisturbed = await original.database.rows(history, [jobs.running]);
    expect(epochs.map((epoch) => ({ ...epoch, attempt: 1 }))).toEqual(undisturbed);
    expect(epochs.find(({ attempt }) => attempt === 2)!.current_epoch).toBe(runningAt + 1);
    const told = (await eventsOf(client, jobs.running)).map(({ phase, reason }) => [phase, reason]);
    expect(told).toContainEqual(['recovering', 'handed_back']);
    const [row] = await restored.database.rows('SELECT failures FROM training_jobs WHERE id = $1', [jobs.running]);
    expect(row).toEqual({ failures: 0 });
  });

  it('trains what was queued, and leaves alone what was paused, cancelled or only declared', async () => {
    const { client } = restored;
    expect(await ended(client, jobs.queued)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(await getJob(client, jobs.paused)).toMatchObject({ status: 'running', phase: 'paused', attempt: 1 });
    expect(await getProgress(client, jobs.paused)).toMatchObject({ currentEpoch: pausedAt });
    expect(await getJob(client, jobs.cancelled)).toMatchObject({ status: 'cancelled' });
    const { body } = await client.get<{ data: { name: string }[] }>('/datasets?status=uploading');
    expect(body.data).toMatchObject([{ name: 'Not yet uploaded' }]);
  });

  it('streams what happens from then on, whatever the numbers of transactions were', async () => {
    for await (const { data } of feed) if (data.jobId === jobs.queued && data.phase === 'done') break;
  });

  it('hands out what was deployed, byte for byte', async () => {
    expect(await download(restored.client)).toEqual(deployed);
    expect(deployed.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lets in nobody whose tokens were revoked, and repeats no request that was answered', async () => {
    expect((await restored.client.as(alice).get('/quotas')).status).toBe(401);
    const [again, before] = [await order(restored.client), await order(original.client)];
    expect([again.status, again.text]).toEqual([201, before.text]);
  });

  it('has an audit that verifies, with the heads that it had', async () => {
    const [before, after] = await Promise.all(
      [original, restored].map(({ database }) => run('cli/audit-verify.js', { DATABASE_URL: database.url })),
    );
    expect(after).toMatchObject({ code: 0, lines: [expect.stringContaining('intact') as string] });
    expect(after!.lines).toEqual(before!.lines);
  });
});

const ORDER = {
  name: 'Ordered once',
  type: 'classification',
  size: 100,
  features: ['age'],
  targetColumn: 'segment',
  metadata: { source: 'CRM', format: 'csv' },
};
