import { setTimeout as pause } from 'node:timers/promises';
import { datasetBody } from './factories/dataset.factory.js';
import { jobBody } from './factories/job.factory.js';
import { datasetRow } from './factories/row.factory.js';
import type { Answer, Client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { essence, postOnce, replayed } from './support/keyed.js';
import { TestPlatform } from './support/platform.js';
import { notAProblem } from './support/problem.js';

type Created = Answer<{ id: string; code: string }>;

/** Another client's transaction, which keeps every request that needs the dataset waiting. */
async function holding(platform: TestPlatform, datasetId: string): Promise<() => Promise<void>> {
  const holder = await platform.database.pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM training_datasets WHERE id = $1 FOR UPDATE', [datasetId]);
  return async () => {
    await holder.query('ROLLBACK');
    holder.release();
  };
}

describe('one Idempotency-Key, sent to two API processes,', () => {
  let platform: TestPlatform;
  let clients: Client[];
  let dataset: string;

  beforeAll(async () => {
    // A small pool: a request that needed two connections at once would starve here.
    platform = await TestPlatform.start({ apis: 2, workers: 0, environment: { DATABASE_POOL_SIZE: '3' } });
    ({ clients } = platform);
    dataset = await datasetRow(platform.database);
  });
  afterAll(() => platform.stop());

  const named = (name: string) => platform.database.rows('SELECT id FROM training_jobs WHERE name = $1', [name]);
  const kept = (key: string) => platform.database.rows('SELECT FROM idempotency_keys WHERE key = $1', [key]);
  const refusal = (answer: Created) => notAProblem(answer) ?? `${answer.status} ${answer.body.code}`;
  /** The advisory lock of a key and a wait for a row: a request is in the middle of its work. */
  const inFlight = () =>
    eventually(async () => {
      const locks = await platform.database.rows(
        `SELECT FROM pg_locks AS held JOIN pg_locks AS wanted USING (pid)
         JOIN pg_database ON pg_database.oid = held.database AND datname = current_database()
         WHERE held.locktype = 'advisory' AND held.granted AND NOT wanted.granted`,
      );
      return locks.length > 0;
    }, 'a request is in flight');
  /** Repeats a request for as long as an earlier one is at work. */
  const settled = (client: Client, key: string, body: unknown) =>
    eventually<Created | false>(async () => {
      const answer = await postOnce(client, key, '/jobs', body);
      return answer.body.code !== 'idempotency_key_in_flight' && answer;
    }, `${key} is settled`);

  it.each(['/datasets', '/jobs'])('twenty times at once to %s, creates one', async (path) => {
    const [key, name] = [`parallel-${path}`, `Parallel ${path}`];
    const body = path === '/jobs' ? jobBody(dataset, { name }) : datasetBody({ name });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => postOnce(clients[index % 2]!, key, path, body)),
    );
    const created = answers.filter(({ status }) => status === 201);
    const others = answers.filter(({ status }) => status !== 201);
    expect(created.filter((answer) => !replayed(answer))).toHaveLength(1);
    expect(new Set(created.map(({ text }) => text)).size).toBe(1);
    expect(new Set(others.map(refusal))).toEqual(new Set(others.map(() => '409 idempotency_key_in_flight')));
    for (const client of clients) expect((await postOnce(client, key, path, body)).text).toBe(created[0]!.text);
    const table = path === '/jobs' ? 'training_jobs' : 'training_datasets';
    expect(await platform.database.rows(`SELECT FROM ${table} WHERE name = $1`, [name])).toHaveLength(1);
  });

  it('is in flight until its first request is answered', async () => {
    const [key, body] = ['in-flight', jobBody(dataset, { name: 'In flight' })];
    const release = await holding(platform, dataset);
    const first = postOnce(clients[0]!, key, '/jobs', body);
    await inFlight();
    const second = await postOnce(clients[1]!, key, '/jobs', body);
    expect(refusal(second)).toBe('409 idempotency_key_in_flight');
    expect(second.headers.get('retry-after')).toBe('1');
    expect(second.body).not.toHaveProperty('retryAfter');
    await release();
    expect((await first).status).toBe(201);
    expect(essence(await postOnce(clients[1]!, key, '/jobs', body))).toEqual(essence(await first));
    expect(await named('In flight')).toHaveLength(1);
  });

  it('leaves no trace when its process is killed before the commit', async () => {
    const [key, body] = ['killed', jobBody(dataset, { name: 'Killed' })];
    const victim = await platform.addApi();
    const release = await holding(platform, dataset);
    const lost = postOnce(victim, key, '/jobs', body).catch(() => 'lost');
    await inFlight();
    platform.apis.at(-1)!.kill('SIGKILL');
    expect(await lost).toBe('lost');
    await release();
    const answer = await settled(clients[0]!, key, body);
    expect([answer.status, replayed(answer)]).toEqual([201, false]);
    expect(await named('Killed')).toHaveLength(1);
  });

  it('is done once, whenever its process is killed', async () => {
    for (let round = 0; round < 5; round++) {
      const [key, name] = [`victim-${round}`, `Victim ${round}`];
      const victim = await platform.addApi();
      // Once connections are made and code is warm, a request takes about as long as the one before it.
      await postOnce(victim, `warm-${round}`, '/jobs', jobBody(dataset));
      const begun = performance.now();
      await postOnce(victim, `measured-${round}`, '/jobs', jobBody(dataset));
      const duration = performance.now() - begun;
      const first = postOnce(victim, key, '/jobs', jobBody(dataset, { name })).catch(() => null);
      // Not a wait for anything: the fault's moment.
      await pause((duration * round) / 4);
      platform.apis.at(-1)!.kill('SIGKILL');
      const answered = await first;
      const answer = await settled(clients[0]!, key, jobBody(dataset, { name }));
      expect(answer.status).toBe(201);
      if (answered) expect(essence(answer)).toEqual(essence(answered));
      expect(await named(name)).toEqual([{ id: answer.body.id }]);
      expect(await kept(key)).toHaveLength(1);
    }
  });

  it('is free again ten seconds after its process has stopped in the middle', async () => {
    const [key, body] = ['stopped', jobBody(dataset, { name: 'Stopped' })];
    const stopping = await platform.addApi();
    const process = platform.apis.at(-1)!;
    const release = await holding(platform, dataset);
    const first = postOnce(stopping, key, '/jobs', body);
    await inFlight();
    process.kill('SIGSTOP');
    try {
      await release();
      expect(refusal(await postOnce(clients[0]!, key, '/jobs', body))).toBe('409 idempotency_key_in_flight');
      const answer = await settled(clients[0]!, key, body);
      expect([answer.status, replayed(answer)]).toEqual([201, false]);
    } finally {
      process.kill('SIGCONT');
    }
    expect((await first).status).toBe(503);
    expect(await named('Stopped')).toHaveLength(1);
  });
});
