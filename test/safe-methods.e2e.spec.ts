import { penguinsCsv } from './factories/penguins.factory.js';
import { alertRow } from './factories/row.factory.js';
import { nameOf } from './support/ask.js';
import { testToken } from './support/client.js';
import { everyTable, fingerprint } from './support/fingerprint.js';
import { OpenApi, type Operation } from './support/openapi.js';
import { TestPlatform } from './support/platform.js';
import { createJob, ended } from './support/training.js';
import { uploaded } from './support/uploads.js';

describe('safe methods', () => {
  let platform: TestPlatform;
  let reading: Operation[];
  let ids: Record<string, string>;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    const { client, database } = platform;
    const dataset = (await uploaded(client, penguinsCsv())).id;
    const jobs: string[] = [];
    for (const _ of ['1.0.0', '1.1.0']) {
      const job = await createJob(client, dataset, { modelId: 'm', hyperparameters: { epochs: 2 } });
      await client.post(`/jobs/${job}/start`);
      await ended(client, job);
      jobs.push(job);
    }
    const deployed = await client.post('/models/m/versions/1.0.0/deploy', { reason: 'It is the first.' });
    expect(deployed.status).toBe(200);
    ids = { datasets: dataset, jobs: jobs[0]!, alerts: await alertRow(database, jobs[0]!), compared: jobs.join(',') };
    // Nothing but a request is to change anything from here on.
    await Promise.all(platform.workers.map((worker) => worker.stop()));
    reading = (await OpenApi.of(client)).operations.filter(({ method }) => method === 'GET');
  });
  afterAll(() => platform.stop());

  const filled = ({ path, parameters }: Operation) => {
    const compared: Record<string, string> = { versions: '1.0.0,1.1.0', jobs: ids.compared! };
    const needed = parameters.find(({ name }) => name in compared);
    const whole = path
      .replace(/(datasets|jobs|alerts)\/\{id\}/, (_, things: string) => `${things}/${ids[things]}`)
      .replace('{modelId}', 'm')
      .replace('{version}', '1.0.0')
      .replace('{modelType}', 'cnn');
    return needed ? `${whole}?${needed.name}=${compared[needed.name]}` : whole;
  };

  /** Its status; a stream goes on, and that it was opened is enough. */
  async function statusOf(method: string, operation: Operation): Promise<number> {
    const leaving = new AbortController();
    const response = await fetch(platform.client.origin + filled(operation), {
      method,
      signal: leaving.signal,
      headers: { authorization: `Bearer ${testToken({ roles: ['admin'] })}` },
    });
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) await response.arrayBuffer();
    leaving.abort();
    return response.status;
  }

  // The one that notes something is that of a model file, of which it notes that it is not what was stored: it is here,
  // and so has nothing to note (test/model-files.e2e.spec.ts has the rest).
  it.each(['GET', 'HEAD'])('change nothing: %s of every operation, about what is there', async (method) => {
    const tables = await everyTable(platform.database);
    expect(tables).toEqual(
      expect.arrayContaining(['dataset_profiles', 'audit_entries', 'idempotency_keys', 'workers']),
    );
    const before = await fingerprint(platform.database, tables);
    expect(reading.length).toBeGreaterThan(30);
    for (const operation of reading) {
      const status = await statusOf(method, operation);
      expect([nameOf(operation), status]).toEqual([nameOf(operation), 200]);
      expect([nameOf(operation), await fingerprint(platform.database, tables)]).toEqual([nameOf(operation), before]);
    }
  });
});
