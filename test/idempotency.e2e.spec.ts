import { once } from 'node:events';
import http from 'node:http';
import { datasetBody } from './factories/dataset.factory.js';
import { jobBody } from './factories/job.factory.js';
import { datasetRow, jobRow } from './factories/row.factory.js';
import { type Answer, BASE_PATH, type Client, testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { fingerprint } from './support/fingerprint.js';
import { essence, postOnce, replayed } from './support/keyed.js';
import { TestPlatform } from './support/platform.js';
import { notAProblem } from './support/problem.js';

describe('a request with an Idempotency-Key', () => {
  let platform: TestPlatform;
  let client: Client;
  let ready: string;
  let keys = 0;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
    ({ client } = platform);
    ready = await datasetRow(platform.database);
  });
  afterAll(() => platform.stop());

  const newKey = () => `key-${(keys += 1)}`;
  const newJob = () => jobRow(platform.database, ready, { phase: 'created' });
  const failed = () => jobRow(platform.database, ready, { status: 'failed', phase: 'done' });
  const refusal = (answer: Answer<{ code: string }>) => notAProblem(answer) ?? `${answer.status} ${answer.body.code}`;

  it.each<[string, () => Promise<string>, () => unknown, string, number]>([
    ['creating a dataset', async () => '/datasets', () => datasetBody(), 'training_datasets', 201],
    ['creating a job', async () => '/jobs', () => jobBody(ready), 'training_jobs', 201],
    ['starting a job', async () => `/jobs/${await newJob()}/start`, () => undefined, 'training_jobs', 202],
    ['retrying a job', async () => `/jobs/${await failed()}/retry`, () => ({ from: 'start' }), 'training_jobs', 201],
  ])('%s, is answered again as it was, and nothing is done again', async (_, path, body, table, status) => {
    const [key, target] = [newKey(), await path()];
    const first = await postOnce(client, key, target, body());
    expect(first.status).toBe(status);
    expect(replayed(first)).toBe(false);
    expect(first.headers.get('location') !== null).toBe(status === 201);
    const before = await fingerprint(platform.database);
    // The API takes to the queue what is due; nothing else may change.
    await platform.database.rows(`UPDATE ${table} SET updated_at = updated_at + interval '1 hour' WHERE id = $1`, [
      first.body.id,
    ]);
    const again = await postOnce(client, key, target, body());
    expect(essence(again)).toEqual(essence(first));
    expect(replayed(again)).toBe(true);
    const after = await fingerprint(platform.database);
    const counts = (of: Record<string, unknown>) => Object.values(of).map((entry) => (entry as { rows: number }).rows);
    expect(counts(after)).toEqual(counts(before));
  });

  it('is the same with its key in quotes, its fields in another order and other white space', async () => {
    const key = newKey();
    const { name, ...rest } = datasetBody();
    const first = await postOnce(client, key, '/datasets', { name, ...rest });
    const again = await postOnce(client, `"${key}"`, '/datasets', JSON.stringify({ ...rest, name }, null, 3));
    expect([again.status, again.text, replayed(again)]).toEqual([201, first.text, true]);
  });

  it('is another one with another body, resource or operation, and refused', async () => {
    const [key, jobs] = [newKey(), [await newJob(), await newJob()] as const];
    const creating = newKey();
    await postOnce(client, key, `/jobs/${jobs[0]}/start`);
    await postOnce(client, creating, '/jobs', jobBody(ready));
    const before = await fingerprint(platform.database);
    const answers = [
      await postOnce(client, creating, '/jobs', jobBody(ready, { description: 'Another one.' })),
      await postOnce(client, key, `/jobs/${jobs[1]}/start`),
      await postOnce(client, key, '/datasets', datasetBody()),
      await postOnce(client, key, '/jobs', jobBody(ready)),
    ];
    expect(answers.map(refusal)).toEqual(answers.map(() => '422 idempotency_key_reused'));
    expect((await fingerprint(platform.database)).training_datasets).toEqual(before.training_datasets);
    expect(
      (await platform.database.rows('SELECT FROM training_jobs WHERE id = $1 AND generation = 1', [jobs[1]]))[0],
    ).toBeDefined();
  });

  it('shares its key with no other tenant', async () => {
    const key = newKey();
    const first = await postOnce(client, key, '/datasets', datasetBody());
    const other = await postOnce(client.as(testToken({ tenant: 'other' })), key, '/datasets', datasetBody());
    expect([other.status, replayed(other)]).toEqual([201, false]);
    expect(other.body.id).not.toBe(first.body.id);
  });

  it('leaves its key free when it fails', async () => {
    const key = newKey();
    const invalid = await postOnce(client, key, '/jobs', jobBody(ready, { name: '' }));
    const missing = await postOnce(client, key, '/jobs', jobBody('dataset_none'));
    const unfit = await postOnce(client, key, '/jobs', jobBody(ready, { hyperparameters: { epochs: 0 } }));
    const inError = await datasetRow(platform.database, { status: 'error' });
    const stuck = await jobRow(platform.database, inError, { phase: 'created' });
    const refused = await postOnce(client, key, `/jobs/${stuck}/start`);
    expect([invalid, missing, unfit, refused].map(refusal)).toEqual([
      '400 validation_failed',
      '404 dataset_not_found',
      '400 invalid_hyperparameters',
      '409 dataset_in_error',
    ]);
    expect(await platform.database.rows('SELECT FROM idempotency_keys WHERE key = $1', [key])).toEqual([]);
    const created = await postOnce(client, key, '/jobs', jobBody(ready));
    expect([created.status, replayed(created)]).toEqual([201, false]);
  });

  it('that starts a job, is a success again where a second start is refused', async () => {
    const [key, path] = [newKey(), `/jobs/${await newJob()}/start`];
    const first = await postOnce(client, key, path);
    expect(refusal(await postOnce(client, newKey(), path))).toBe('409 job_already_started');
    expect(essence(await postOnce(client, key, path))).toEqual(essence(first));
  });

  it('goes to the queue once it is committed', async () => {
    const dataset = await postOnce(client, newKey(), '/datasets', datasetBody());
    const job = await postOnce(client, newKey(), `/jobs/${await newJob()}/start`);
    const retry = await postOnce(client, newKey(), `/jobs/${await failed()}/retry`);
    const due = `SELECT FROM training_datasets WHERE id = $1 AND dispatch_at IS NOT NULL
      UNION ALL SELECT FROM training_jobs WHERE id IN ($2, $3) AND dispatch_at IS NOT NULL`;
    await eventually(
      async () => (await platform.database.rows(due, [dataset.body.id, job.body.id, retry.body.id])).length === 0,
      'all are dispatched, without a worker',
    );
  });

  it.each(['', '""', '"a', 'a b', '"a b"', 'k'.repeat(256)])('is refused with the key %p', async (key) => {
    const before = await fingerprint(platform.database);
    for (const [path, body] of [
      ['/datasets', datasetBody()],
      ['/jobs', jobBody(ready)],
      [`/jobs/${await newJob()}/start`],
    ] as const) {
      expect(refusal(await postOnce(client, key, path, body))).toBe('400 invalid_idempotency_key');
    }
    const after = await fingerprint(platform.database);
    expect([after.training_datasets, after.idempotency_keys]).toEqual([
      before.training_datasets,
      before.idempotency_keys,
    ]);
  });

  it('is refused when the header is repeated', async () => {
    const request = http.request(`${client.origin}${BASE_PATH}/datasets`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${testToken()}`,
        'content-type': 'application/json',
        'idempotency-key': ['twice', 'twice'],
      },
    });
    request.end(JSON.stringify(datasetBody()));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const body = JSON.parse(Buffer.concat((await response.toArray()) as Buffer[]).toString()) as { code: string };
    expect([response.statusCode, body.code]).toEqual([400, 'invalid_idempotency_key']);
  });

  it('is a request like any other where nothing is created or started', async () => {
    const [id, key] = [await newJob(), newKey()];
    const headers = { 'idempotency-key': key };
    const rename = (name: string) =>
      client.raw<{ name: string }>('PATCH', `/jobs/${id}`, JSON.stringify({ name }), headers);
    const answers = [await rename('One'), await rename('Two')];
    expect(answers.map(({ body }) => body.name)).toEqual(['One', 'Two']);
    const invalid = { 'idempotency-key': 'a b' };
    expect((await client.raw('GET', `/jobs/${id}`, undefined, invalid)).status).toBe(200);
    expect((await client.raw('POST', `/jobs/${id}/cancel`, undefined, invalid)).status).toBe(200);
    expect(await platform.database.rows('SELECT FROM idempotency_keys WHERE key = $1', [key])).toEqual([]);
  });

  describe('after 24 hours', () => {
    const age = (key: string, interval: string) =>
      platform.database.rows(
        'UPDATE idempotency_keys SET created_at = clock_timestamp() - $2::interval WHERE key = $1',
        [key, interval],
      );

    it('is new, whatever its body, and has its key for as long again', async () => {
      const key = newKey();
      const first = await postOnce(client, key, '/datasets', datasetBody());
      await age(key, '23 hours 59 minutes');
      expect(replayed(await postOnce(client, key, '/datasets', datasetBody()))).toBe(true);
      await age(key, '24 hours');
      const second = await postOnce(client, key, '/datasets', datasetBody({ name: 'Later' }));
      expect([second.status, replayed(second)]).toEqual([201, false]);
      expect(second.body.id).not.toBe(first.body.id);
      expect(essence(await postOnce(client, key, '/datasets', datasetBody({ name: 'Later' })))).toEqual(
        essence(second),
      );
    });

    it('is swept by workers, in batches, and nothing younger is', async () => {
      const young = newKey();
      await postOnce(client, young, '/datasets', datasetBody());
      await age(young, '23 hours 59 minutes');
      await platform.database.rows(
        `INSERT INTO idempotency_keys (tenant_id, key, fingerprint, status, body, created_at)
         SELECT 'default', 'old-' || n, '', 201, '{}', clock_timestamp() - interval '25 hours' FROM generate_series(1, 2500) AS n`,
      );
      const count = (like: string) =>
        platform.database.rows<{ n: number }>('SELECT count(*)::int AS n FROM idempotency_keys WHERE key LIKE $1', [
          like,
        ]);
      const worker = await platform.addWorker();
      const swept = () => worker.logs().flatMap(({ idempotencyKeysExpired: rows }) => (rows ? [rows as number] : []));
      // The worker tells of a batch a moment after it has removed it.
      await eventually(() => swept().length === 3, 'three rounds');
      expect(swept()).toEqual([1_000, 1_000, 500]);
      expect((await count('old-%'))[0]!.n).toBe(0);
      expect((await count(young))[0]!.n).toBe(1);
    });
  });
});
