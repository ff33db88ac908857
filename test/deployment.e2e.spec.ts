import type { Answer } from './support/client.js';
import { testToken } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import { refusal } from './support/problem.js';
import { type DeploymentAnswer, historyOf, replayed, trained } from './support/registry.js';
import { type VersionAnswer, versionsOf } from './support/training.js';

describe('deployment', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ apis: 2 });
    await trained(platform.client, 'quiet', 4);
    await trained(platform.client, 'busy', 10);
  });
  afterAll(() => platform.stop());

  const deploy = (modelId: string, version: string, body?: object) =>
    platform.client.post<VersionAnswer>(`/models/${modelId}/versions/${version}/deploy`, body);
  const rollBack = (modelId: string, body?: object) =>
    platform.client.post<VersionAnswer>(`/models/${modelId}/rollback`, body);
  const statuses = async (modelId: string) =>
    Object.fromEntries((await versionsOf(platform.client, modelId)).map(({ version, status }) => [version, status]));
  const told = ({ status, body }: Answer<VersionAnswer>) => [status, body.version, body.status];

  it('takes one version at a time, and goes back one further with every rollback', async () => {
    expect(refusal(await rollBack('quiet'))).toEqual([409, 'nothing_to_roll_back_to']);
    expect(refusal(await platform.client.get('/models/quiet/deployed'))).toEqual([404, 'nothing_deployed']);
    expect(told(await deploy('quiet', '1.0.0', { reason: 'First.' }))).toEqual([200, '1.0.0', 'deployed']);
    expect(told(await deploy('quiet', '1.1.0'))).toEqual([200, '1.1.0', 'deployed']);
    expect(told(await deploy('quiet', '1.1.0'))).toEqual([200, '1.1.0', 'deployed']);
    expect(told(await deploy('quiet', '1.2.0'))).toEqual([200, '1.2.0', 'deployed']);
    expect(await statuses('quiet')).toEqual({
      '1.0.0': 'ready',
      '1.1.0': 'ready',
      '1.2.0': 'deployed',
      '1.3.0': 'ready',
    });
    expect(told(await rollBack('quiet', { reason: 'Slow.' }))).toEqual([200, '1.1.0', 'deployed']);
    expect(told(await rollBack('quiet'))).toEqual([200, '1.0.0', 'deployed']);
    expect(refusal(await rollBack('quiet'))).toEqual([409, 'nothing_to_roll_back_to']);
    expect(await historyOf(platform.client, 'quiet')).toMatchObject([
      { number: 1, kind: 'deploy', version: '1.0.0', actor: 'tester', reason: 'First.' },
      { number: 2, kind: 'deploy', version: '1.1.0', fromVersion: '1.0.0' },
      { number: 3, kind: 'deploy', version: '1.2.0', fromVersion: '1.1.0' },
      { number: 4, kind: 'rollback', version: '1.1.0', fromVersion: '1.2.0', reason: 'Slow.' },
      { number: 5, kind: 'rollback', version: '1.0.0', fromVersion: '1.1.0' },
    ]);
  });

  it('goes back to the version that is named, if it was deployed before', async () => {
    for (const version of ['1.1.0', '1.2.0', '1.0.0', '1.2.0']) await deploy('quiet', version);
    expect(refusal(await rollBack('quiet', { to: '1.3.0' }))).toEqual([409, 'version_not_deployed_before']);
    expect(refusal(await rollBack('quiet', { to: '9.0.0' }))).toEqual([404, 'version_not_found']);
    expect(refusal(await rollBack('quiet', { to: '1.0' }))).toEqual([400, 'validation_failed']);
    expect(told(await rollBack('quiet', { to: '1.1.0' }))).toEqual([200, '1.1.0', 'deployed']);
    expect(told(await rollBack('quiet', { to: '1.1.0' }))).toEqual([200, '1.1.0', 'deployed']);
    expect(told(await rollBack('quiet'))).toEqual([200, '1.0.0', 'deployed']);
  });

  it('leaves archived versions alone, and archives none that is deployed', async () => {
    const { client } = platform;
    const change = (version: string, what: string) =>
      client.post<VersionAnswer>(`/models/quiet/versions/${version}/${what}`);
    await deploy('quiet', '1.3.0');
    expect(refusal(await change('1.3.0', 'archive'))).toEqual([409, 'version_deployed']);
    expect(told(await change('1.0.0', 'archive'))).toEqual([200, '1.0.0', 'archived']);
    expect(told(await change('1.0.0', 'archive'))).toEqual([200, '1.0.0', 'archived']);
    expect(refusal(await deploy('quiet', '1.0.0'))).toEqual([409, 'version_archived']);
    expect(refusal(await rollBack('quiet'))).toEqual([409, 'version_archived']);
    expect(told(await change('1.0.0', 'restore'))).toEqual([200, '1.0.0', 'ready']);
    const patch = (status: string) => client.patch<VersionAnswer>('/models/quiet/versions/1.0.0', { status });
    expect(told(await patch('archived'))).toEqual([200, '1.0.0', 'archived']);
    expect(refusal(await patch('deployed'))).toEqual([409, 'version_archived']);
    expect(told(await patch('ready'))).toEqual([200, '1.0.0', 'ready']);
    expect(told(await patch('deployed'))).toEqual([200, '1.0.0', 'deployed']);
    expect(refusal(await patch('ready'))).toEqual([409, 'version_deployed']);
    expect(refusal(await patch('training'))).toEqual([400, 'validation_failed']);
  });

  it('happens once for one Idempotency-Key', async () => {
    for (const version of ['1.1.0', '1.2.0']) await deploy('quiet', version);
    const key = { 'idempotency-key': 'back-once', 'content-type': 'application/json' };
    const answers = [];
    for (let sent = 0; sent < 3; sent++) {
      answers.push(told(await platform.client.raw('POST', '/models/quiet/rollback', '{}', key)));
    }
    expect(answers).toEqual(Array.from({ length: 3 }, () => [200, '1.1.0', 'deployed']));
  });

  it("is nobody else's", async () => {
    const stranger = platform.client.as(testToken({ tenant: 'other' }));
    for (const answer of [
      await stranger.post('/models/quiet/versions/1.0.0/deploy'),
      await stranger.post('/models/quiet/rollback'),
      await stranger.get('/models/quiet/deployments'),
      await stranger.get('/models/quiet/deployed'),
    ]) {
      expect(refusal(answer)).toEqual([404, 'model_not_found']);
    }
    expect(refusal(await deploy('quiet', '1.2'))).toEqual([400, 'invalid_version']);
    expect(refusal(await deploy('quiet', '7.0.0'))).toEqual([404, 'version_not_found']);
  });

  it('has exactly one version at each moment while 200 deploys fight with rollbacks over two APIs, and is on record', async () => {
    const { client, database } = platform;
    await deploy('busy', '1.0.0');
    const looking = new AbortController();
    const seen: number[] = [];
    const reader = (async () => {
      while (!looking.signal.aborted) {
        const [row] = await database.rows<{ deployed: number }>(
          `SELECT count(*)::int AS deployed FROM model_versions WHERE model_id = 'busy' AND status = 'deployed'`,
        );
        seen.push(row!.deployed);
      }
    })();
    const answers = await Promise.all(
      Array.from({ length: 220 }, (_, index) => {
        const asked = platform.clients[index % 2]!;
        if (index % 11 === 10) return asked.post<VersionAnswer>('/models/busy/rollback');
        return asked.post<VersionAnswer>(`/models/busy/versions/1.${(index * 7) % 10}.0/deploy`);
      }),
    );
    looking.abort();
    await reader;
    expect(seen.length).toBeGreaterThan(10);
    expect(new Set(seen)).toEqual(new Set([1]));
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(refusal(answer)).toEqual([409, 'nothing_to_roll_back_to']);
    }

    const history = await historyOf(client, 'busy');
    expect(history.map(({ number }) => number)).toEqual(history.map((_, index) => index + 1));
    for (const [index, { fromVersion }] of history.entries()) expect(fromVersion).toBe(history[index - 1]?.version);
    const deployed = Object.entries(await statuses('busy')).filter(([, status]) => status === 'deployed');
    expect(deployed).toEqual([[replayed(history).at(-1), 'deployed']]);
    expect((await client.get<{ data: { id: string }[] }>('/models')).body.data).toContainEqual(
      expect.objectContaining({ id: 'busy', deployedVersion: deployed[0]![0] }),
    );
  });

  it('answers what was deployed at any time as its history does', async () => {
    const { client } = platform;
    const history = await historyOf(client, 'busy');
    const times = history.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
    const [first, last] = [times[0]!, times.at(-1)!];
    const asked = Array.from({ length: 1_000 }, () => Math.floor(first - 50 + Math.random() * (last - first + 100)));
    for (const at of [...asked, ...times]) {
      const answer = await client.get<DeploymentAnswer>(`/models/busy/deployed?at=${new Date(at).toISOString()}`);
      const then = history.findLast((deployment) => Date.parse(deployment.at) <= at);
      expect([at, answer.body.number]).toEqual([at, then?.number]);
    }
    for (const at of ['2026-01-31', '2026-01-31T12:00:00', 'yesterday', '2026-13-01T00:00:00Z']) {
      expect(refusal(await client.get(`/models/busy/deployed?at=${at}`))).toEqual([400, 'validation_failed']);
    }
  });
});
