import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Answer, type Client, testToken } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import { type ProblemAnswer, refusal } from './support/problem.js';
import { fileOf, historyOf, trained, versionPath } from './support/registry.js';
import { type VersionAnswer, versionsOf } from './support/training.js';

interface ConditionAnswer {
  condition: string;
  met: boolean;
  detail: string;
  metric?: string;
  actual?: unknown;
  wanted?: Record<string, unknown>;
}

interface ProspectAnswer {
  version: string;
  deployable: boolean;
  conditions: ConditionAnswer[];
}

type Refusal = ProblemAnswer & { conditions?: ConditionAnswer[] };

const MODELS = ['gated', 'bounded', 'damaged', 'overridden', 'keyed', 'raced'];

describe('what stands between a version and production', () => {
  let platform: TestPlatform;
  let client: Client;
  let trainer: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    client = platform.client;
    trainer = client.as(testToken({ sub: 'tina', roles: ['trainer'] }));
    for (const modelId of MODELS) await trained(client, modelId, 2);
    for (const [version, figures] of [
      ['1.0.0', { accuracy: 0.8, loss: 0.4 }],
      ['1.1.0', { accuracy: 0.7, loss: 0.3 }],
    ]) {
      await platform.database.rows(
        'UPDATE model_versions SET metrics = metrics || $2, measures = measures || $2 WHERE version = $1',
        [version, figures],
      );
    }
  });
  afterAll(() => platform.stop());

  const put = (modelId: string, policy: unknown, by = client) =>
    by.send<Record<string, unknown>>('PUT', `/models/${modelId}/policy`, policy);
  const deploy = (modelId: string, version: string, body?: object, by = client) =>
    by.post<VersionAnswer>(`${versionPath(modelId, version)}/deploy`, body);
  const dryRun = (modelId: string, version: string, body?: object, by = client) =>
    by.post<ProspectAnswer>(`${versionPath(modelId, version)}/deploy?dryRun=true`, body);
  const told = ({ status, body }: Answer<VersionAnswer>) => [status, body.version, body.status];
  const faults = ({ status, body }: Answer<unknown>) => [
    status,
    (body as Refusal).errors?.map(({ pointer, code }) => `${pointer} ${code}`),
  ];
  const states = ({ body }: Answer<{ conditions?: ConditionAnswer[] }>) =>
    body.conditions?.map(({ condition, met }) => [condition, met]);
  const statusOf = async (modelId: string, version: string) =>
    (await versionsOf(client, modelId)).find((entry) => entry.version === version)?.status;
  const file = async (modelId: string, version: string) => {
    const { body } = await client.get<VersionAnswer>(versionPath(modelId, version));
    return fileOf(platform, body);
  };

  describe('a version that does not meet it', () => {
    it('is not deployed, and the refusal tells every condition with its figures', async () => {
      await put('gated', { metrics: [{ metric: 'accuracy', min: 0.75 }], minimumDataSize: 10_001, datasetReady: true });
      const answer = await deploy('gated', '1.1.0');
      expect(refusal(answer)).toEqual([409, 'policy_not_met']);
      const { detail, conditions } = answer.body as unknown as Refusal;
      expect(detail).toContain('2 of 4 conditions');
      expect(conditions).toMatchObject([
        { condition: 'artifact_intact', met: true, actual: 'intact', wanted: { state: 'intact' } },
        {
          condition: 'metric_bound',
          met: false,
          detail: 'accuracy is 0.7; it must be at least 0.75.',
          metric: 'accuracy',
          actual: 0.7,
          wanted: { min: 0.75 },
        },
        { condition: 'dataset_ready', met: true, actual: 'ready', wanted: { status: 'ready' } },
        { condition: 'minimum_data_size', met: false, actual: 10_000, wanted: { min: 10_001 } },
      ]);
      expect((await dryRun('gated', '1.1.0')).body).toEqual({ version: '1.1.0', deployable: false, conditions });
      expect(refusal(await client.patch(versionPath('gated', '1.1.0'), { status: 'deployed' }))).toEqual([
        409,
        'policy_not_met',
      ]);
      expect(await historyOf(client, 'gated')).toEqual([]);
      expect(await statusOf('gated', '1.1.0')).toBe('ready');
    });

    it('is deployed once it does', async () => {
      await put('gated', { metrics: [{ metric: 'accuracy', min: 0.7 }], minimumDataSize: 10_000, datasetReady: true });
      expect((await dryRun('gated', '1.1.0')).body.deployable).toBe(true);
      expect(told(await deploy('gated', '1.1.0'))).toEqual([200, '1.1.0', 'deployed']);
      await put('gated', { metrics: [{ metric: 'accuracy', min: 0.8 }] });
      // What is deployed stays so, and deploying it again changes nothing.
      expect(told(await deploy('gated', '1.1.0'))).toEqual([200, '1.1.0', 'deployed']);
      expect(states(await dryRun('gated', '1.1.0'))).toEqual([
        ['artifact_intact', true],
        ['metric_bound', false],
      ]);
      expect(await historyOf(client, 'gated')).toHaveLength(1);
      expect((await historyOf(client, 'gated'))[0]).not.toHaveProperty('overridden');
    });

    it('is held against what is deployed at that time', async () => {
      const accuracy = { noWorse: [{ metric: 'accuracy', by: 0 }] };
      await put('bounded', accuracy);
      expect((await dryRun('bounded', '1.1.0')).body.conditions[1]).toMatchObject({ met: true, actual: 0.7 });
      expect((await deploy('bounded', '1.0.0')).status).toBe(200);
      expect((await deploy('bounded', '1.1.0')).body).toMatchObject({
        code: 'policy_not_met',
        conditions: [{}, { condition: 'no_worse', met: false, wanted: { deployedVersion: '1.0.0', deployed: 0.8 } }],
      });
      expect((await dryRun('bounded', '1.0.0')).body.deployable).toBe(true);
      await put('bounded', { noWorse: [...accuracy.noWorse.map((loss) => ({ ...loss, by: 0.1 }))] });
      expect((await dryRun('bounded', '1.1.0')).body.deployable).toBe(true);
      await put('bounded', { noWorse: [{ metric: 'loss', by: 0 }] });
      expect((await deploy('bounded', '1.1.0')).status).toBe(200);
      // An emergency does not ask the policy: 1.0.0 has the greater loss.
      expect((await dryRun('bounded', '1.0.0')).body.deployable).toBe(false);
      expect(told(await client.post('/models/bounded/rollback'))).toEqual([200, '1.0.0', 'deployed']);
    });

    it('tells measurements that it lacks, and verifications that were not made', async () => {
      await put('bounded', { metrics: [{ metric: 'mae', max: 1 }], reproducible: true });
      const { conditions } = (await dryRun('bounded', '1.1.0')).body;
      expect(conditions.slice(1)).toEqual([
        {
          condition: 'metric_bound',
          met: false,
          detail: 'The version has no mae; it must be at most 1.',
          metric: 'mae',
          wanted: { max: 1 },
        },
        {
          condition: 'reproducible',
          met: false,
          detail: 'It was not verified yet.',
          wanted: { reproducible: true },
        },
      ]);
      await put('bounded', { reproducible: true });
      const verdict = (reproducible: boolean) =>
        platform.database.rows(`UPDATE model_versions SET verdict = '{"reproducible": ${reproducible}}'
          WHERE model_id = 'bounded' AND version = '1.1.0'`);
      await verdict(false);
      expect(states((await deploy('bounded', '1.1.0')) as never)).toContainEqual(['reproducible', false]);
      await verdict(true);
      expect((await deploy('bounded', '1.1.0')).status).toBe(200);
    });
  });

  describe('a dry run', () => {
    it('takes true and false, and nothing else', async () => {
      const route = `${versionPath('keyed', '1.0.0')}/deploy`;
      for (const query of [
        'dryRun=',
        'dryRun=1',
        'dryRun=yes',
        'dryRun=TRUE',
        'dryRun=true&dryRun=true',
        'dryrun=true',
      ]) {
        expect(refusal(await client.post(`${route}?${query}`))).toEqual([400, 'validation_failed']);
      }
      expect(await historyOf(client, 'keyed')).toEqual([]);
    });

    it('is refused like a deployment of what is not there, or archived', async () => {
      const stranger = client.as(testToken({ tenant: 'other' }));
      expect(refusal(await dryRun('none', '1.0.0'))).toEqual([404, 'model_not_found']);
      expect(refusal(await dryRun('keyed', '1.0.0', {}, stranger))).toEqual([404, 'model_not_found']);
      expect(refusal(await dryRun('keyed', '9.0.0'))).toEqual([404, 'version_not_found']);
      expect(refusal(await dryRun('keyed', '1.0'))).toEqual([400, 'invalid_version']);
      await client.post(`${versionPath('keyed', '1.0.0')}/archive`);
      expect(refusal(await dryRun('keyed', '1.0.0'))).toEqual([409, 'version_archived']);
      await client.post(`${versionPath('keyed', '1.0.0')}/restore`);
    });

    it('leaves an Idempotency-Key to the deployment', async () => {
      const route = `${versionPath('keyed', '1.0.0')}/deploy`;
      const send = (query: string) =>
        client.raw<VersionAnswer & ProspectAnswer>('POST', `${route}${query}`, '{}', {
          'idempotency-key': 'dry-first',
        });
      expect((await send('?dryRun=true')).body).toMatchObject({ version: '1.0.0', deployable: true });
      expect(await statusOf('keyed', '1.0.0')).toBe('ready');
      const real = await send('');
      expect(told(real)).toEqual([200, '1.0.0', 'deployed']);
      expect(real.headers.get('idempotency-replayed')).toBeNull();
      expect((await send('?dryRun=true')).body).toMatchObject({ version: '1.0.0', deployable: true });
      const again = await send('?dryRun=false');
      expect([told(again), again.headers.get('idempotency-replayed')]).toEqual([[200, '1.0.0', 'deployed'], 'true']);
      expect(await historyOf(client, 'keyed')).toHaveLength(1);
    });
  });

  describe('a model file that is not what was stored', () => {
    const ways = [
      ['deployed', (body?: object) => deploy('damaged', '1.0.0', body)],
      ['deployed past its policy', () => deploy('damaged', '1.0.0', { override: true, reason: 'Hurry.' })],
      ['patched to deployed', () => client.patch(versionPath('damaged', '1.0.0'), { status: 'deployed' })],
      ['rolled back to', () => client.post('/models/damaged/rollback')],
      ['rolled back to by name', () => client.post('/models/damaged/rollback', { to: '1.0.0' })],
    ] as const;
    let stored: string;
    let bytes: Buffer;

    beforeAll(async () => {
      for (const version of ['1.0.0', '1.1.0']) expect((await deploy('damaged', version)).status).toBe(200);
      stored = await file('damaged', '1.0.0');
      bytes = readFileSync(stored);
    });

    const tellsOf = async (state: string) => {
      for (const [, way] of ways) expect(refusal(await way())).toEqual([409, `artifact_${state}`]);
      for (const body of [{}, { override: true, reason: 'Hurry.' }]) {
        expect((await dryRun('damaged', '1.0.0', body)).body).toMatchObject({
          deployable: false,
          conditions: [{ condition: 'artifact_intact', met: false, actual: state }],
        });
      }
      expect(await statusOf('damaged', '1.1.0')).toBe('deployed');
      expect(await historyOf(client, 'damaged')).toHaveLength(2);
    };

    it("is in nobody's way to production: damaged", async () => {
      const [first, ...rest] = bytes;
      writeFileSync(stored, Buffer.from([first! ^ 1, ...rest]));
      await tellsOf('damaged');
      expect((await client.get(versionPath('damaged', '1.0.0'))).body).toMatchObject({ artifactState: 'damaged' });
    });

    it('nor missing', async () => {
      rmSync(stored);
      await tellsOf('missing');
    });

    it('is what is said before the policy is', async () => {
      await put('damaged', { minimumDataSize: 1_000_000 });
      expect(refusal(await deploy('damaged', '1.0.0'))).toEqual([409, 'artifact_missing']);
      await client.delete('/models/damaged/policy');
    });

    it('does not trouble the deployed version, nor what is asked of it', async () => {
      const other = await file('damaged', '1.1.0');
      const whole = readFileSync(other);
      writeFileSync(other, 'Not a model.');
      expect(told(await deploy('damaged', '1.1.0'))).toEqual([200, '1.1.0', 'deployed']);
      writeFileSync(other, whole);
    });

    it('is deployed when it is whole again', async () => {
      writeFileSync(stored, bytes);
      expect(told(await client.post('/models/damaged/rollback'))).toEqual([200, '1.0.0', 'deployed']);
      expect((await client.get(versionPath('damaged', '1.0.0'))).body).toMatchObject({ artifactState: 'intact' });
    });

    it('is not deployed after it was deleted, whatever lies there', async () => {
      expect((await deploy('damaged', '1.1.0')).status).toBe(200);
      await platform.database.rows(`UPDATE model_versions SET artefact_state = 'deleted'
        WHERE model_id = 'damaged' AND version = '1.0.0'`);
      for (const [, way] of ways) expect(refusal(await way())).toEqual([409, 'artifact_deleted']);
      expect((await dryRun('damaged', '1.0.0')).body).toMatchObject({
        deployable: false,
        conditions: [{ actual: 'deleted' }],
      });
    });

    it('is nothing that a replayed answer asks about', async () => {
      const route = `${versionPath('keyed', '1.1.0')}/deploy`;
      const send = () => client.raw<VersionAnswer>('POST', route, '{}', { 'idempotency-key': 'then-damaged' });
      expect(told(await send())).toEqual([200, '1.1.0', 'deployed']);
      rmSync(await file('keyed', '1.1.0'));
      expect(told(await send())).toEqual([200, '1.1.0', 'deployed']);
    });
  });

  describe('an override', () => {
    const override = { override: true, reason: 'The old one leaks.' };

    beforeAll(async () => {
      await put('overridden', {
        metrics: [{ metric: 'accuracy', min: 0.9 }],
        datasetReady: true,
        minimumDataSize: 20_000,
      });
    });

    it('is for admins who say why', async () => {
      const patch = (body: object, by = client) => by.patch(versionPath('overridden', '1.0.0'), body);
      expect(refusal(await deploy('overridden', '1.0.0', override, trainer))).toEqual([403, 'role_required']);
      expect(refusal(await dryRun('overridden', '1.0.0', override, trainer))).toEqual([403, 'role_required']);
      expect(refusal(await patch({ status: 'deployed', ...override }, trainer))).toEqual([403, 'role_required']);
      for (const answer of [
        await deploy('overridden', '1.0.0', { override: true }),
        await dryRun('overridden', '1.0.0', { override: true }),
        await patch({ status: 'deployed', override: true }),
      ]) {
        expect(faults(answer)).toEqual([400, ['/reason required']]);
      }
      for (const reason of ['', '   ', null, 5]) {
        expect((await deploy('overridden', '1.0.0', { override: true, reason })).status).toBe(400);
      }
      expect(faults(await deploy('overridden', '1.0.0', { override: 'true', reason: 'x' }))).toEqual([
        400,
        ['/override wrong_type'],
      ]);
      for (const status of ['ready', 'archived']) {
        for (const value of [true, false]) {
          const answer = await patch({ status, override: value, reason: 'x' });
          expect(faults(answer)).toEqual([400, ['/override not_allowed_value']]);
        }
      }
      expect(faults(await client.post('/models/overridden/rollback', override))).toEqual([
        400,
        ['/override unknown_field'],
      ]);
      expect(refusal(await deploy('overridden', '1.0.0', { override: false }))).toEqual([409, 'policy_not_met']);
      expect(await historyOf(client, 'overridden')).toEqual([]);
    });

    it('is kept with the conditions that it passed over, and only those', async () => {
      expect((await dryRun('overridden', '1.0.0')).body.deployable).toBe(false);
      expect((await dryRun('overridden', '1.0.0', override)).body.deployable).toBe(true);
      expect(await statusOf('overridden', '1.0.0')).toBe('ready');
      expect(told(await deploy('overridden', '1.0.0', override))).toEqual([200, '1.0.0', 'deployed']);
      const patched = await client.patch<VersionAnswer>(versionPath('overridden', '1.1.0'), {
        status: 'deployed',
        ...override,
      });
      expect(told(patched)).toEqual([200, '1.1.0', 'deployed']);
      const passed = (accuracy: number) => [
        { condition: 'metric_bound', met: false, metric: 'accuracy', actual: accuracy, wanted: { min: 0.9 } },
        { condition: 'minimum_data_size', met: false, actual: 10_000, wanted: { min: 20_000 } },
      ];
      const history = await historyOf(client, 'overridden');
      expect(history).toMatchObject([
        { version: '1.0.0', reason: override.reason, actor: 'tester', overridden: passed(0.8) },
        { version: '1.1.0', reason: override.reason, actor: 'tester', overridden: passed(0.7) },
      ]);
      expect((await client.get('/models/overridden/deployed')).body).toEqual(history[1]);
    });

    it('is of no account where everything is met', async () => {
      await put('overridden', { datasetReady: true });
      expect(told(await deploy('overridden', '1.0.0', override))).toEqual([200, '1.0.0', 'deployed']);
      const last = (await historyOf(client, 'overridden')).at(-1);
      expect(last).toMatchObject({ version: '1.0.0', reason: override.reason });
      expect(last).not.toHaveProperty('overridden');
    });
  });

  it('changes between two deployments, and never in the middle of one', async () => {
    const second = await platform.addApi();
    const closed = { minimumDataSize: 1_000_000 };
    const answers = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const by = index % 2 === 0 ? client : second;
        if (index % 4 === 0) return { policy: await put('raced', index % 8 === 0 ? closed : {}, by) };
        return { deploy: await deploy('raced', `1.${index % 2}.0`, undefined, by) };
      }),
    );
    const policies = answers.flatMap(({ policy }) => policy ?? []);
    expect(policies.every(({ status }) => status === 200)).toBe(true);
    for (const answer of answers.flatMap(({ deploy: made }) => made ?? [])) {
      if (answer.status !== 200) expect(refusal(answer)).toEqual([409, 'policy_not_met']);
    }
    const changes = policies
      .map(({ body }) => ({ at: Date.parse(body.changedAt as string), open: body.minimumDataSize === undefined }))
      .toSorted((a, b) => a.at - b.at);
    for (const { at } of await historyOf(client, 'raced')) {
      const moment = Date.parse(at);
      const before = changes.findLast((change) => change.at < moment);
      // Answers tell whole milliseconds: in the same one either may have been first.
      const meanwhile = changes.filter((change) => Math.abs(change.at - moment) <= 1);
      expect([before ?? { open: true }, ...meanwhile].some(({ open }) => open)).toBe(true);
    }
  });
});
