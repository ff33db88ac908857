import path from 'node:path';
import { BAD_ARCHIVES } from './factories/bad-archives.js';
import { BAD_CSV, BAD_JSON, type BadContent } from './factories/bad-tables.js';
import { BAD_PARQUET } from './factories/bad-parquet.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { declared, filesIn, settled, upload } from './support/uploads.js';

/** Content that means harm may come to so much; the bombs are larger. */
const EXPANDED_MB = '80';

describe('content that cannot be used', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { INSPECTION_EXPANDED_MB: EXPANDED_MB } });
  });
  afterAll(() => platform.stop());

  afterEach(async () => {
    // It is the content's fault, and nobody else's: nothing died of it, and nothing was left behind.
    await eventually(() => filesIn(path.join(platform.folder, 'scratch')).length === 0, 'nothing is left of looking');
    const [worker] = platform.workers;
    expect(worker!.logs().filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  });

  async function refused({ bytes, declared: overrides, metadata, problem }: BadContent): Promise<void> {
    const { client } = platform;
    const id = await declared(client, { targetColumn: 'y', ...overrides, metadata });
    const content = typeof bytes === 'function' ? await bytes() : bytes;
    expect((await upload(client, id, content)).status).toBe(202);
    const { status, error, problems } = await settled(client, id);
    expect({ status, error }).toEqual({ status: 'error', error: { ...problem, detail: expect.any(String) as string } });
    expect(problems!.length).toBeGreaterThan(0);
    expect(problems!.length).toBeLessThanOrEqual(20);
    expect((await client.delete(`/datasets/${id}`)).status).toBe(204);
  }

  describe('as csv', () => {
    it.each(BAD_CSV)('is told: $what', refused);
  });

  describe('as json', () => {
    it.each(BAD_JSON)('is told: $what', refused);
  });

  describe('as parquet', () => {
    it.each(BAD_PARQUET)('is told: $what', refused);
  });

  describe('as images', () => {
    it.each(BAD_ARCHIVES)('is told: $what', refused);
  });

  it('names the first twenty problems in their order', async () => {
    const { client } = platform;
    const id = await declared(client, { targetColumn: 'y' });
    await upload(client, id, `x,y\n${Array.from({ length: 30 }, (_, row) => `${row}`).join('\n')}\n`);
    const { problems } = await settled(client, id);
    expect(problems!.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  });
});
