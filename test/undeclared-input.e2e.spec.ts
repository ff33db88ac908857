import { TestPlatform } from './support/platform.js';
import { refusal } from './support/problem.js';
import { trained, versionPath } from './support/registry.js';
import type { VersionAnswer } from './support/training.js';

describe('input that an operation does not take', () => {
  let platform: TestPlatform;
  const version = versionPath('unasked', '1.0.0');

  beforeAll(async () => {
    platform = await TestPlatform.start();
    await trained(platform.client, 'unasked', 1);
  });
  afterAll(() => platform.stop());

  it.each<[string, string, object | undefined]>([
    ['PATCH', `${version}?dryRun=true`, { status: 'deployed' }],
    ['POST', '/models/unasked/rollback?dryRun=true', {}],
    ['POST', `${version}/archive?force=1`, undefined],
    ['GET', `${version}?foo=1`, undefined],
    ['GET', '/health?verbose=1', undefined],
    ['POST', `${version}/verify`, { again: true }],
    ['DELETE', `${version}/artifact`, { reason: 'In the wrong place.' }],
    ['DELETE', '/models/unasked/policy', { reason: 'In the wrong place.' }],
  ])('is refused: %s %s %j', async (method, path, body) => {
    expect(refusal(await platform.client.send(method, path, body))).toEqual([400, 'validation_failed']);
    expect((await platform.client.get<VersionAnswer>(version)).body.status).toBe('ready');
  });

  it('does not trouble a probe', async () => {
    expect((await platform.client.get('//livez?check=1')).status).toBe(200);
    expect((await platform.client.get('//readyz?check=1')).status).toBe(200);
  });

  it('may be an empty object, as some clients send', async () => {
    expect((await platform.client.post(`${version}/verify`, {})).status).toBe(202);
  });

  it('does not stand for a policy that is left out', async () => {
    const path = '/models/unasked/policy';
    await platform.client.send('PUT', path, { minimumDataSize: 5 });
    for (const body of [undefined, '', 'null']) {
      const answer = await platform.client.raw('PUT', path, body, { 'content-type': 'application/json' });
      expect(refusal(answer)).toEqual([400, 'validation_failed']);
    }
    expect((await platform.client.get(path)).body).toMatchObject({ minimumDataSize: 5 });
  });
});
