import { type Answer, type Client, testToken } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import { type ProblemAnswer, refusal } from './support/problem.js';
import { trained } from './support/registry.js';

describe('the policy of a model', () => {
  let platform: TestPlatform;
  let client: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    client = platform.client;
    await trained(client, 'policies', 1);
  });
  afterAll(() => platform.stop());

  const put = (modelId: string, policy: unknown, by = client) =>
    by.send<Record<string, unknown>>('PUT', `/models/${modelId}/policy`, policy);
  const faults = ({ status, body }: Answer<unknown>) => [
    status,
    (body as ProblemAnswer).errors?.map(({ pointer, code }) => `${pointer} ${code}`),
  ];

  const whole = {
    metrics: [
      { metric: 'accuracy', min: 0.5, max: 1 },
      { metric: 'loss', max: 2 },
    ],
    noWorse: [{ metric: 'accuracy', by: 0.01 }],
    datasetReady: true,
    reproducible: false,
    minimumDataSize: 100,
  };

  it('is set, replaced and removed by admins, and tells who did', async () => {
    expect((await client.get('/models/policies/policy')).body).toEqual({});
    const before = Date.now();
    const set = await put('policies', whole);
    expect(set).toMatchObject({ status: 200, body: { ...whole, changedBy: 'tester' } });
    expect(Math.abs(Date.parse(set.body.changedAt as string) - before)).toBeLessThan(60_000);
    expect((await client.as(testToken({ roles: ['viewer'] })).get('/models/policies/policy')).body).toEqual(set.body);

    const boss = client.as(testToken({ sub: 'boss' }));
    const replaced = await put('policies', { datasetReady: true }, boss);
    expect(replaced.body).toEqual({
      datasetReady: true,
      changedBy: 'boss',
      changedAt: expect.any(String) as string,
    });
    expect((await put('policies', {})).body).toMatchObject({ changedBy: 'tester' });
    expect((await put('policies', { metrics: [], noWorse: [] })).status).toBe(200);
    for (let time = 0; time < 2; time++) expect((await boss.delete('/models/policies/policy')).status).toBe(204);
    expect((await client.get('/models/policies/policy')).body).toEqual({
      changedBy: 'boss',
      changedAt: expect.any(String) as string,
    });
    const line = platform.apis[0]!.logs().find(({ msg }) => msg === 'Policy changed');
    expect(line).toMatchObject({ modelId: 'policies', tenant: 'default', actor: 'tester', policy: whole });
  });

  it('is changed by nobody else', async () => {
    const stranger = client.as(testToken({ tenant: 'other' }));
    for (const roles of [[], ['viewer'], ['viewer', 'trainer']] as const) {
      const someone = client.as(testToken({ roles: [...roles] }));
      expect(refusal(await put('policies', {}, someone))).toEqual([403, 'role_required']);
      expect(refusal(await someone.delete('/models/policies/policy'))).toEqual([403, 'role_required']);
    }
    for (const answer of [
      await stranger.get('/models/policies/policy'),
      await put('policies', {}, stranger),
      await stranger.delete('/models/policies/policy'),
      await put('none', {}),
      await client.get('/models/none/policy'),
    ]) {
      expect(refusal(answer)).toEqual([404, 'model_not_found']);
    }
  });

  const accuracy = { metric: 'accuracy', min: 0.5 };
  it.each<[unknown, string]>([
    [{ surprise: 1 }, '/surprise unknown_field'],
    [{ metrics: [{ ...accuracy, surprise: 1 }] }, '/metrics/0/surprise unknown_field'],
    [{ metrics: [{ metric: 'speed', min: 1 }] }, '/metrics/0/metric not_allowed_value'],
    [{ metrics: [{ metric: 'toString', min: 1 }] }, '/metrics/0/metric not_allowed_value'],
    [{ metrics: [{ metric: 'epochs', min: 1 }] }, '/metrics/0/metric not_allowed_value'],
    [{ metrics: [{ min: 1 }] }, '/metrics/0/metric required'],
    [{ metrics: [accuracy, { metric: 'loss', max: 1 }, { metric: 'accuracy', max: 1 }] }, '/metrics duplicate_items'],
    [{ metrics: [{ metric: 'accuracy' }] }, '/metrics/0/min required'],
    [{ metrics: [accuracy, { metric: 'loss', min: 0.9, max: 0.8 }] }, '/metrics/1/max out_of_range'],
    [{ metrics: [{ metric: 'accuracy', min: '0.5' }] }, '/metrics/0/min wrong_type'],
    [{ metrics: [{ metric: 'accuracy', min: null }] }, '/metrics/0/min wrong_type'],
    [{ metrics: [{ metric: 'accuracy', min: 1e300 }] }, '/metrics/0/min out_of_range'],
    [{ metrics: accuracy }, '/metrics wrong_type'],
    [{ metrics: [[accuracy]] }, '/metrics wrong_type'],
    [{ noWorse: [{ metric: 'accuracy' }] }, '/noWorse/0/by required'],
    [{ noWorse: [{ metric: 'accuracy', by: -0.1 }] }, '/noWorse/0/by out_of_range'],
    [
      {
        noWorse: [
          { metric: 'loss', by: 0 },
          { metric: 'loss', by: 1 },
        ],
      },
      '/noWorse duplicate_items',
    ],
    [{ datasetReady: 'true' }, '/datasetReady wrong_type'],
    [{ reproducible: 1 }, '/reproducible wrong_type'],
    [{ minimumDataSize: 0 }, '/minimumDataSize out_of_range'],
    [{ minimumDataSize: 1.5 }, '/minimumDataSize wrong_type'],
  ])('is refused as %j', async (policy, fault) => {
    expect(faults(await put('policies', policy))).toEqual([400, [fault]]);
  });

  it('is refused with nothing in the place of a bound', async () => {
    expect((await put('policies', { metrics: [null] })).status).toBe(400);
    expect((await put('policies', null)).status).toBe(400);
  });

  it('is refused with a number that JSON can write and nobody can reach', async () => {
    const text = '{"metrics":[{"metric":"accuracy","min":1e999}]}';
    expect((await client.raw('PUT', '/models/policies/policy', text)).status).toBe(400);
  });
});
