import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { readEnvironment } from '../src/config/environment.js';
import { s3Settings } from '../src/config/s3-settings.js';
import { S3ObjectStore } from '../src/storage/s3-object-store.js';
import { TestPlatform } from './support/platform.js';
import { S3Server } from './support/s3-server.js';
import { declared, upload, uploaded } from './support/uploads.js';
import { createDataset, ended, startedJob, versionsOf } from './support/training.js';

describe('a platform whose files live in S3', () => {
  let server: S3Server;
  let platform: TestPlatform;

  beforeAll(async () => {
    server = await S3Server.start();
    platform = await TestPlatform.start({ environment: { ...server.environment, S3_PREFIX: 'team/a' } });
  });
  afterAll(async () => {
    await platform.stop();
    await server.stop();
  });

  it('stores the model of a job in the bucket', async () => {
    const { client } = platform;
    const jobId = await startedJob(client, await createDataset(client), { modelId: 'in-s3' });
    expect(await ended(client, jobId)).toMatchObject({ status: 'completed' });
    const [version] = await versionsOf(client, 'in-s3');
    expect(version).toMatchObject({ status: 'ready', filePath: `in-s3/${jobId}/attempt-1.json` });

    const settings = s3Settings(readEnvironment(server.environment))!;
    const store = new S3ObjectStore({ ...settings, prefix: 'team/a/artifacts' });
    const file = await buffer(await store.read(version!.filePath!));
    store.close();
    expect(createHash('sha256').update(file).digest('hex')).toBe(version!.sha256);
    expect(file).toHaveLength(version!.fileSize!);
    expect(existsSync(platform.artefacts)).toBe(false);
  });

  it('keeps the content of datasets there, from upload to deletion', async () => {
    const { client } = platform;
    const csv = `x,species\n${Array.from({ length: 50 }, (_, row) => `${row},${row % 2 ? 'odd' : 'even'}`).join('\n')}\n`;
    const { id, status, size, content } = await uploaded(client, csv);
    expect({ status, size, bytes: content?.bytes }).toEqual({ status: 'ready', size: 50, bytes: csv.length });
    const path = `/datasets/${id}/content`;
    expect((await client.get(path)).text).toBe(csv);
    expect((await client.raw('GET', path, undefined, { range: 'bytes=2-8' })).text).toBe(csv.slice(2, 9));

    const store = new S3ObjectStore({ ...s3Settings(readEnvironment(server.environment))!, prefix: 'team/a/datasets' });
    const keys = async () => {
      const found: string[] = [];
      for await (const { key } of store.list(id)) found.push(key);
      return found;
    };
    expect(await keys()).toHaveLength(1);
    expect((await client.delete(`/datasets/${id}`)).status).toBe(204);
    expect(await keys()).toEqual([]);
    store.close();
  });

  it.each([12, 30_000_000])('tells an upload of %i bytes that the store is away', async (bytes) => {
    const client = await platform.addApi({ S3_ENDPOINT: 'http://127.0.0.1:9' });
    const id = await declared(client);
    const answer = await upload(client, id, Buffer.alloc(bytes, 'a,b\n'));
    expect(answer).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect((await client.get(`/datasets/${id}`)).body).toMatchObject({ status: 'uploading' });
  });

  it('fails a job with a reason when the bucket is not there', async () => {
    const { client } = platform;
    const worker = await platform.addWorker({ S3_BUCKET: 'no-such-bucket' });
    await platform.workers[0]!.stop();
    const jobId = await startedJob(client, await createDataset(client), { modelId: 'nowhere' });
    expect(await ended(client, jobId)).toMatchObject({
      status: 'failed',
      errorCode: 'artifact_not_stored',
      attempt: 3,
    });
    expect(worker.lines.some((line) => line.includes('no bucket no-such-bucket'))).toBe(true);
  });
});
