import { TestPlatform } from './support/platform.js';
import { trained } from './support/registry.js';

/** Far more than a process has connections. */
const AT_ONCE = 60;

describe('an API process with few connections', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { DATABASE_POOL_SIZE: '4' } });
    await trained(platform.client, 'crowded', 1);
  });
  afterAll(() => platform.stop());

  const many = async (ask: (index: number) => Promise<{ status: number }>) => {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => ask(index)));
    return [...new Set(answers.map(({ status }) => status))].toSorted();
  };

  it.each<[string, (index: number) => [string, string, object?], number]>([
    ['verifications of what is not there', () => ['POST', '/models/crowded/versions/9.9.9/verify'], 404],
    ['archivings in models that are not there', (index) => ['POST', `/models/m${index}/versions/9.9.9/archive`], 404],
    ['deployments of what is not there', () => ['POST', '/models/crowded/versions/9.9.9/deploy'], 404],
    ['deployments', () => ['POST', '/models/crowded/versions/1.0.0/deploy'], 200],
    ['labels', () => ['PUT', '/models/crowded/labels', { labels: { team: 'risk' } }], 200],
    ['labels of a version', () => ['PUT', '/models/crowded/versions/1.0.0/labels', { labels: {} }], 200],
    ['policies', () => ['PUT', '/models/crowded/policy', {}], 200],
    ['deletions of what is not archived', () => ['DELETE', '/models/crowded/versions/1.0.0/artifact'], 409],
  ])('answers many %s at once', async (_, request, status) => {
    const { client } = platform;
    expect(await many((index) => client.send(...request(index)))).toEqual([status]);
  });
});
