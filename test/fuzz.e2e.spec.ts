import fc from 'fast-check';
import { alertRow } from './factories/row.factory.js';
import { ArbitraryRequests, type FuzzedRequest } from './fuzz/arbitrary-request.js';
import { DocumentedAnswers } from './fuzz/documented-answers.js';
import { type Client, testToken } from './support/client.js';
import { OpenApi, type Operation } from './support/openapi.js';
import { TestPlatform } from './support/platform.js';
import { trained, versionPath } from './support/registry.js';
import { createDataset, createJob } from './support/training.js';

/** The long form: `FUZZ_SEED=7 npm run test:fuzz`. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 1_500);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_127);

/** In everything that the other tenant wrote, and in nothing that the fuzzer sends. */
const SECRET = 'qzxv-nobody-elses-business';

const TOKENS: Record<FuzzedRequest['asker'], () => string> = {
  admin: () => testToken(),
  trainer: () => testToken({ roles: ['trainer'] }),
  viewer: () => testToken({ roles: ['viewer'] }),
  roleless: () => testToken({ roles: [] }),
  neighbour: () => testToken({ tenant: 'neighbour' }),
};

/** Whoever revokes tokens, their own or all of a tenant, is none of the others. */
const revoking = ({ method, path }: Operation) =>
  method === 'POST' && path.includes('/revocations') ? testToken({ tenant: 'revoking' }) : null;

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

/** A model with two versions, datasets and jobs that can be started; gives their ids. */
async function furnish(client: Client, modelId: string, description: string) {
  await trained(client, modelId, 2);
  await client.send('PUT', `/models/${modelId}/labels`, { labels: { owner: description } });
  await client.post(`${versionPath(modelId, '1.0.0')}/deploy`, { reason: description });
  const datasets = await Promise.all(times(20, () => createDataset(client, { description })));
  const jobs = await Promise.all(datasets.map((id) => createJob(client, id, { description, modelId })));
  return { datasets, jobs };
}

describe('fuzzed requests', () => {
  let platform: TestPlatform;
  let api: OpenApi;
  let known: Record<string, string[]>;
  let foreign: string[];

  beforeAll(async () => {
    platform = await TestPlatform.start();
    const { client } = platform;
    api = await OpenApi.of(client);
    const own = await furnish(client, 'served', 'Ours.');
    const secretive = client.as(testToken({ tenant: 'secretive', sub: SECRET }));
    const theirs = await furnish(secretive, SECRET, SECRET);
    const { database } = platform;
    const alerts = await Promise.all(own.jobs.slice(0, 5).map((id) => alertRow(database, id)));
    foreign = [...theirs.datasets, ...theirs.jobs, await alertRow(database, theirs.jobs[0]!)];
    const datasets = [...own.datasets, theirs.datasets[0]!];
    const jobs = [...own.jobs, theirs.jobs[0]!];
    const versions = ['1.0.0', '1.1.0', '9.9.9'];
    known = {
      datasets,
      jobs,
      alerts: [...alerts, foreign.at(-1)!],
      datasetId: datasets,
      jobId: jobs,
      jobIds: jobs,
      modelId: ['served', 'none'],
      modelType: ['cnn', 'transformer', 'none'],
      version: versions,
      versions,
      to: versions,
    };
  });
  afterAll(() => platform.stop());

  async function send({ operation, asker, path, headers, body }: FuzzedRequest) {
    const leaving = new AbortController();
    const response = await fetch(platform.client.origin + path, {
      method: operation.method,
      signal: leaving.signal,
      headers: {
        authorization: `Bearer ${revoking(operation) ?? TOKENS[asker]()}`,
        ...(body === undefined
          ? {}
          : { 'content-type': operation.body ? 'application/json' : 'application/octet-stream' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const type = (response.headers.get('content-type') ?? '').split(';')[0]!;
    const text = type === 'text/event-stream' ? '' : await response.text();
    leaving.abort();
    return { status: response.status, type, text, headers: JSON.stringify([...response.headers]) };
  }

  it('are answered as documented, never by a 5xx, never with a byte of another tenant', async () => {
    const documented = new DocumentedAnswers(api);
    const statuses = new Map<number, number>();
    const property = fc.asyncProperty(new ArbitraryRequests(api, known).any(), async (request) => {
      const answer = await send(request);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500) throw new Error(`${answer.status}: ${answer.text}`);
      const fault = documented.fault(request.operation, answer);
      if (fault !== null) throw new Error(fault);
      const everything = answer.text + answer.headers;
      expect(everything).not.toContain(SECRET);
      const asked = decodeURIComponentSafely(request.path) + String(request.body);
      for (const id of foreign.filter((one) => !asked.includes(one))) expect(everything).not.toContain(id);
    });
    await fc.assert(property, { numRuns: REQUESTS, seed: SEED, endOnFailure: true, verbose: 1 });
    // The fuzzer must get past the validation often enough to find anything behind it.
    const succeeded = [...statuses].filter(([status]) => status < 300).reduce((sum, [, count]) => sum + count, 0);
    expect(succeeded / REQUESTS).toBeGreaterThan(0.15);
    console.log(`${REQUESTS} requests, seed ${SEED}: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`);
  }, 1_800_000);
});

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
