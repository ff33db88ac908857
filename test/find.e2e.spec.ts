import fc from 'fast-check';
import { newId } from '../src/database/id.js';
import { registryRows, type RegistryModel, type RegistryVersion } from './factories/registry.factory.js';
import { datasetRow } from './factories/row.factory.js';
import { type Client, testToken } from './support/client.js';
import { modelsFor, type Question, queryOf, versionsFor } from './support/found.js';
import { TestPlatform } from './support/platform.js';
import { notAProblem, type ProblemAnswer } from './support/problem.js';
import type { Page } from './support/training.js';

interface Found {
  id: string;
  labels: Record<string, string>;
  version?: string;
  latestVersion?: string;
  deployedVersion?: string;
  versions?: number;
  versionsByStatus?: Record<string, number>;
  matchedVersion?: { id: string; version?: string; status: string; metric?: string; value?: number };
  updatedAt: string;
  metrics?: Record<string, number>;
}

const METRICS = ['accuracy', 'rmse', 'r2Score', 'validationLoss'];
const MODEL_TYPES = ['cnn', 'lstm', 'xgboost'];
const STATUSES = ['training', 'ready', 'deployed', 'archived'];
const LABELS = { env: ['prod', 'dev', ''], team: ['risk', 'a:b'], tier: ['1'] };
/** Few, so that ties are many; some a bit apart, in the last place, or at the ends. */
const VALUES = [0, -0, 0.1, 0.30000000000000004, 0.3, 0.9, 0.9000000000000001, -1e-7, -3, 1e21, 5e-324, -1.7e308];

const labels = fc
  .record(Object.fromEntries(Object.entries(LABELS).map(([key, values]) => [key, fc.constantFrom(...values)])), {
    requiredKeys: [],
  })
  .map((entry) => entry as Record<string, string>);
const metrics = fc.option(
  fc.record(Object.fromEntries(METRICS.map((name) => [name, fc.constantFrom(...VALUES)])), { requiredKeys: [] }),
  { freq: 6 },
) as fc.Arbitrary<Record<string, number> | null>;
const version = fc.record({ modelType: fc.constantFrom(...MODEL_TYPES), metrics, labels, numbered: fc.nat(5) });
const registry = fc.record({
  models: fc.array(labels, { minLength: 30, maxLength: 30 }),
  versions: fc.array(fc.tuple(fc.nat(27), version), { minLength: 150, maxLength: 150 }),
});

const pair = fc.constantFrom(
  ...Object.entries(LABELS).flatMap(([key, values]) => values.map((value): [string, string] => [key, value])),
);
const some = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined, freq: 3 });
const question: fc.Arbitrary<Question> = fc.record({
  modelType: some(MODEL_TYPES),
  status: some(STATUSES),
  bounds: fc
    .uniqueArray(
      fc.record({
        metric: fc.constantFrom(...METRICS),
        gte: fc.constantFrom(...VALUES),
        lte: fc.constantFrom(...VALUES),
      }),
      { selector: ({ metric }) => metric, maxLength: 2 },
    )
    .map((bounds) => bounds.map(({ gte, lte, ...rest }) => (gte > lte ? { ...rest, gte } : { ...rest, gte, lte }))),
  label: fc.option(fc.array(fc.array(pair, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }), {
    ...{ nil: undefined, freq: 2 },
  }),
  sort: fc.option(fc.record({ metric: fc.constantFrom(...METRICS), descending: fc.boolean() }), {
    ...{ nil: undefined, freq: 3 },
  }),
});

describe('finding', () => {
  let platform: TestPlatform;
  let client: Client;
  let models: RegistryModel[];
  let versions: RegistryVersion[];

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
    ({ client } = platform);
    const { database } = platform;
    const [drawn] = fc.sample(registry, { numRuns: 1, seed: 20_261_125 });
    models = drawn!.models.map((own, n) => ({ id: `model_${String(n).padStart(3, '0')}`, labels: own }));
    const deployed = new Set<string>();
    versions = drawn!.versions.map(([n, { numbered, ...rest }], minor) => {
      const modelId = models[n]!.id;
      const status = numbered === 0 ? 'training' : ['ready', 'ready', 'archived', 'deployed', 'ready'][numbered - 1]!;
      const taken = status === 'deployed' && deployed.has(modelId);
      if (status === 'deployed') deployed.add(modelId);
      const number = status === 'training' ? null : minor;
      return { ...rest, id: newId('version'), modelId, status: taken ? 'ready' : status, minor: number };
    });
    const dataset = await datasetRow(database);
    await registryRows(database, 'default', dataset, models, versions);
    const theirs = await datasetRow(database, { tenant_id: 'other' });
    const foreign = versions.map((one) => ({ ...one, id: newId('version') }));
    await registryRows(database, 'other', theirs, models, foreign);
  });
  afterAll(() => platform.stop());

  async function all(path: string, query: string, limit: number): Promise<Found[]> {
    const found: Found[] = [];
    for (let cursor = ''; ;) {
      const { status, body, text } = await client.get<Page<Found>>(`${path}?limit=${limit}&${query}${cursor}`);
      if (status !== 200) throw new Error(text);
      found.push(...body.data);
      expect(body.data.length).toBeLessThanOrEqual(limit);
      expect(body.hasMore).toBe(body.nextCursor !== undefined);
      if (body.nextCursor === undefined) return found;
      expect(body.data).toHaveLength(limit);
      cursor = `&cursor=${body.nextCursor}`;
    }
  }
  const seen = ({ id, matchedVersion: match }: Found) => ({
    ...{ id, ...(match && { versionId: match.id }) },
    ...(match?.value !== undefined && { value: match.value }),
  });

  it('gives models page by page as they are, whatever is asked for', async () => {
    let nonempty = 0;
    await fc.assert(
      fc.asyncProperty(question, fc.integer({ min: 1, max: 12 }), async (asked, limit) => {
        const expected = modelsFor(asked, models, versions);
        nonempty += Number(expected.length > 0);
        expect((await all('/models', queryOf(asked), limit)).map(seen)).toEqual(
          // The answer has no −0.
          expected.map((entry) => ('value' in entry ? { ...entry, value: entry.value! + 0 } : entry)),
        );
      }),
      { numRuns: 80 },
    );
    expect(nonempty).toBeGreaterThan(20);
  });

  it('gives the versions of a model page by page as they are, whatever is asked for', async () => {
    const counted = new Map(models.map(({ id }) => [id, versions.filter(({ modelId }) => modelId === id).length]));
    const largest = models.toSorted((a, b) => counted.get(b.id)! - counted.get(a.id)!).slice(0, 4);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...largest.map(({ id }) => id)),
        question,
        fc.integer({ min: 1, max: 4 }),
        async (modelId, asked, limit) => {
          const own = versions.filter((one) => one.modelId === modelId);
          const found = await all(`/models/${modelId}/versions`, queryOf(asked), limit);
          expect(found.map(({ id }) => id)).toEqual(versionsFor(asked, own));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('lists all models by id, without a match, when nothing is asked for', async () => {
    const found = await all('/models', '', 7);
    expect(found.map(({ id }) => id)).toEqual(models.map(({ id }) => id).toSorted());
    expect(found.filter(({ matchedVersion }) => matchedVersion)).toEqual([]);
    expect(found.map((entry) => entry.labels)).toEqual(models.map((entry) => entry.labels));
  });

  it('says what the best version measured', async () => {
    const { body } = await client.get<Page<Found>>('/models?sort=-metrics.accuracy&limit=1');
    const match = body.data[0]!.matchedVersion!;
    const { metrics: own, status, minor } = versions.find(({ id }) => id === match.id)!;
    expect(match).toMatchObject({ status, metric: 'accuracy', value: own!.accuracy });
    expect(match.version).toBe(minor === null ? undefined : `1.${minor}.0`);
  });

  it('takes filters in any order with the same cursor', async () => {
    const query = 'label=env:prod&label=env:dev,team:risk&status=ready&status=archived&sort=metrics.rmse';
    const same = 'sort=metrics.rmse&status=archived&status=ready&label=team:risk,%20env:dev&label=env:prod';
    const { body } = await client.get<Page<Found>>(`/models?limit=1&${query}`);
    expect((await client.get(`/models?limit=2&${same}&cursor=${body.nextCursor}`)).status).toBe(200);
  });

  const problem = async (path: string, asker = client) => {
    const answer = await asker.get<ProblemAnswer>(path);
    expect([path, notAProblem(answer as never)]).toEqual([path, null]);
    return answer.body;
  };

  it.each(['/models', '/models/model_000/versions'])('on %s refuses cursors of anything else', async (path) => {
    const base = 'sort=metrics.accuracy&metrics.accuracy[lte]=2&label=env:prod';
    const { nextCursor: cursor } = (await client.get<Page<Found>>('/models?limit=1&sort=metrics.accuracy')).body;
    const { nextCursor: plain } = (await client.get<Page<Found>>('/models?limit=1')).body;
    for (const [asker, query] of [
      [client, ''],
      [client, 'sort=-metrics.accuracy'],
      [client, 'sort=metrics.rmse'],
      [client, base],
      [client, 'sort=metrics.accuracy&metrics.accuracy[gte]=-1e300'],
      [client, 'sort=metrics.accuracy&label=env:prod'],
      [client, 'sort=metrics.accuracy&modelType=cnn'],
      [client.as(testToken({ tenant: 'other' })), 'sort=metrics.accuracy'],
    ] as const) {
      expect((await problem(`${path}?${query}&cursor=${cursor}`, asker)).code).toBe('invalid_cursor');
    }
    expect((await problem(`${path}?sort=metrics.accuracy&cursor=${plain}`)).code).toBe('invalid_cursor');
    const spoilt = cursor!.slice(0, -2) + (cursor!.endsWith('AA') ? 'BB' : 'AA');
    expect((await problem(`${path}?sort=metrics.accuracy&cursor=${spoilt}`)).code).toBe('invalid_cursor');
  });

  it.each([
    ['metrics.accuracy[gte]=', '/metrics.accuracy[gte]', 'wrong_type'],
    ['metrics.accuracy[gte]=abc', '/metrics.accuracy[gte]', 'wrong_type'],
    ['metrics.accuracy[gte]=0x10', '/metrics.accuracy[gte]', 'wrong_type'],
    ['metrics.accuracy[gte]=%20', '/metrics.accuracy[gte]', 'wrong_type'],
    ['metrics.accuracy[lte]=NaN', '/metrics.accuracy[lte]', 'wrong_type'],
    ['metrics.accuracy[lte]=Infinity', '/metrics.accuracy[lte]', 'wrong_type'],
    ['metrics.accuracy[lte]=1e400', '/metrics.accuracy[lte]', 'wrong_type'],
    ['metrics.accuracy[lte]=1,5', '/metrics.accuracy[lte]', 'wrong_type'],
    ['metrics.accuracy[lte]=1&metrics.accuracy[lte]=2', '/metrics.accuracy[lte]', 'wrong_type'],
    ['metrics.accuracy=1', '/metrics.accuracy', 'unknown_field'],
    ['metrics.accuracy[gt]=1', '/metrics.accuracy[gt]', 'unknown_field'],
    ['metrics.epochs[gte]=1', '/metrics.epochs[gte]', 'unknown_field'],
    ['metrics.speed[gte]=1', '/metrics.speed[gte]', 'unknown_field'],
    ['sort=', '/sort', 'not_allowed_value'],
    ['sort=accuracy', '/sort', 'not_allowed_value'],
    ['sort=metrics.speed', '/sort', 'not_allowed_value'],
    ['sort=--metrics.accuracy', '/sort', 'not_allowed_value'],
    ['sort=metrics.accuracy&sort=metrics.rmse', '/sort', 'not_allowed_value'],
    ['sort=constructor', '/sort', 'not_allowed_value'],
    ['label=', '/label', 'wrong_format'],
    ['label=env', '/label', 'wrong_format'],
    ['label=:prod', '/label', 'wrong_format'],
    ['label=env:prod,', '/label', 'wrong_format'],
    ['label=__proto__:x', '/label', 'wrong_format'],
    [`label=env:${'x'.repeat(129)}`, '/label', 'wrong_format'],
    [Array.from({ length: 21 }, (_, n) => `label=a:${n}`).join('&'), '/label', 'wrong_length'],
    ['status=gone', '/status', 'not_allowed_value'],
    ['modelType=svm', '/modelType', 'not_allowed_value'],
  ])('refuses %s', async (query, pointer, code) => {
    for (const path of ['/models', '/models/model_000/versions']) {
      const { errors } = await problem(`${path}?${query}`);
      expect(errors).toEqual([{ pointer, code, detail: expect.any(String) }]);
    }
  });

  it.each(['-1', '0.5', '1e-3', '-2.5E2', '1e%2B10', '007'])('takes a bound of %s', async (text) => {
    expect((await client.get(`/models?metrics.r2Score[gte]=${text}`)).status).toBe(200);
  });

  it('finds nothing of another tenant', async () => {
    const empty = client.as(testToken({ tenant: 'nobody' }));
    for (const query of ['', '?sort=-metrics.accuracy', '?metrics.accuracy[gte]=-1e300', '?label=env:prod']) {
      expect((await empty.get(`/models${query}`)).body).toEqual({ data: [], hasMore: false });
    }
    for (const path of ['', '/versions', '/versions?sort=metrics.rmse', '/compare?versions=1.0.0,1.1.0']) {
      expect((await problem(`/models/model_000${path}`, empty)).code).toBe('model_not_found');
    }
  });

  describe('a model', () => {
    it('by its id, with how many versions are in which status', async () => {
      const modelId = models[0]!.id;
      const own = versions.filter((one) => one.modelId === modelId);
      const count = (status: string) => own.filter((one) => one.status === status).length;
      const { body } = await client.get<Found>(`/models/${modelId}`);
      expect(body).toMatchObject({
        ...{ id: modelId, labels: models[0]!.labels, versions: own.filter(({ minor }) => minor !== null).length },
        versionsByStatus: Object.fromEntries(STATUSES.map((status) => [status, count(status)])),
      });
      expect((await problem('/models/none')).code).toBe('model_not_found');
    });
  });

  describe('labels', () => {
    const put = <T = Found>(path: string, body: unknown, asker = client) => asker.send<T>('PUT', path, body);
    const numbered = () => versions.find(({ modelId, minor }) => modelId === 'model_001' && minor !== null)!;

    it('of a model are replaced as a whole, and move its time of change', async () => {
      const { labels: before, updatedAt } = (await client.get<Found>('/models/model_029')).body;
      const first = await put('/models/model_029/labels', { labels: { owner: ' me ', 'a.b/c': '' } });
      expect([first.status, first.body.labels]).toEqual([200, { owner: 'me', 'a.b/c': '' }]);
      expect(Date.parse(first.body.updatedAt)).toBeGreaterThan(Date.parse(updatedAt));
      expect((await all('/models', 'label=owner:me,a.b/c:', 5)).map(({ id }) => id)).toEqual(['model_029']);
      expect((await put('/models/model_029/labels', { labels: {} })).body.labels).toEqual({});
      await put('/models/model_029/labels', { labels: before });
    });

    it('of a version are its own, and move the time of change of its model', async () => {
      const { id, modelId, minor, labels: before } = numbered();
      const path = `/models/${modelId}/versions/1.${minor}.0`;
      const model = (await client.get<Found>(`/models/${modelId}`)).body;
      const { status, body } = await put(`${path}/labels`, { labels: { reviewed: 'yes' } });
      expect([status, body.id, body.labels]).toEqual([200, id, { reviewed: 'yes' }]);
      expect((await client.get<Found>(path)).body.labels).toEqual({ reviewed: 'yes' });
      const after = (await client.get<Found>(`/models/${modelId}`)).body;
      expect(after.labels).toEqual(model.labels);
      expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(model.updatedAt));
      const found = await all('/models', 'label=reviewed:yes', 5);
      expect(found.map((entry) => [entry.id, entry.matchedVersion!.id])).toEqual([[modelId, id]]);
      await put(`${path}/labels`, { labels: before });
    });

    it.each<[unknown, string, string]>([
      [{}, '/labels', 'required'],
      [{ labels: null }, '/labels', 'wrong_type'],
      [{ labels: [] }, '/labels', 'wrong_type'],
      [{ labels: 'a' }, '/labels', 'wrong_type'],
      [{ labels: { a: 1 } }, '/labels/a', 'wrong_type'],
      [{ labels: { a: { b: 'c' } } }, '/labels/a', 'wrong_type'],
      [{ labels: { a: 'b,c' } }, '/labels/a', 'wrong_format'],
      [{ labels: { 'a b': 'c' } }, '/labels/a b', 'wrong_format'],
      [{ labels: { a: 'x'.repeat(129) } }, '/labels/a', 'wrong_length'],
      [{ labels: { a: 'b\u0007' } }, '/labels/a', 'invalid_characters'],
      [{ labels: { constructor: 'c' } }, '/labels/constructor', 'forbidden_key'],
      [JSON.parse('{"labels":{"__proto__":"c"}}'), '/labels/__proto__', 'forbidden_key'],
      [{ labels: {}, more: 1 }, '/more', 'unknown_field'],
      [{ labels: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`k${n}`, ''])) }, '/labels', 'wrong_length'],
    ])('%j are refused at %p', async (body, pointer, code) => {
      for (const path of ['/models/model_001', `/models/model_001/versions/1.${numbered().minor}.0`]) {
        const answer = await client.raw<ProblemAnswer>('PUT', `${path}/labels`, JSON.stringify(body));
        expect(notAProblem(answer as never)).toBeNull();
        expect(answer.body.errors).toEqual([{ pointer, code, detail: expect.any(String) }]);
      }
    });

    it('are of a model and a version that there are, and one’s own', async () => {
      const body = { labels: { a: 'b' } };
      const other = client.as(testToken({ tenant: 'nobody' }));
      for (const [path, code, asker] of [
        ['/models/none/labels', 'model_not_found', client],
        ['/models/none/versions/1.0.0/labels', 'model_not_found', client],
        ['/models/model_001/versions/9.9.9/labels', 'version_not_found', client],
        ['/models/model_001/versions/1.0/labels', 'invalid_version', client],
        ['/models/model_001/labels', 'model_not_found', other],
        [`/models/model_001/versions/1.${numbered().minor}.0/labels`, 'model_not_found', other],
      ] as const) {
        expect((await put<ProblemAnswer>(path, body, asker)).body.code).toBe(code);
      }
    });
  });
});
