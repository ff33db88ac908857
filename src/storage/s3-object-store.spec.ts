import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
import { S3Server } from '../../test/support/s3-server.js';
import { readEnvironment } from '../config/environment.js';
import { s3Settings, type S3Settings } from '../config/s3-settings.js';
import { describeObjectStoreContract, keysOf } from './object-store.contract.js';
import { StoreUnavailableError } from './object-store.js';
import { s3Client } from './s3-client.js';
import { S3ObjectStore } from './s3-object-store.js';

const bytes = Buffer.from('bytes');

describe('S3ObjectStore', () => {
  let server: S3Server;
  let settings: S3Settings;
  let stores = 0;
  beforeAll(async () => {
    server = await S3Server.start();
    settings = s3Settings(readEnvironment(server.environment))!;
  });
  afterAll(() => server.stop());

  const open = (overrides: Partial<S3Settings> = {}) =>
    new S3ObjectStore({ ...settings, prefix: `test/${(stores += 1)}`, ...overrides });

  describeObjectStoreContract('S3ObjectStore', open);

  it('shares a bucket with others by its prefix', async () => {
    const [one, other, all] = [open({ prefix: 'share/a' }), open({ prefix: 'share/ab' }), open({ prefix: '' })];
    await one.put('key', bytes);
    expect(await keysOf(one)).toEqual(['key']);
    expect(await keysOf(other)).toEqual([]);
    expect(await keysOf(all, 'share')).toEqual(['share/a/key']);
  });

  it('removes uploads in parts that nobody will end, its own alone', async () => {
    const client = s3Client(settings);
    for (const Key of ['ended/a/1', 'ended/a/2', 'ended/ab/3']) {
      await client.send(new CreateMultipartUploadCommand({ Bucket: settings.bucket, Key }));
    }
    const store = open({ prefix: 'ended/a' });
    expect(await store.removeUnfinished(new Date(Date.now() - 3_600_000))).toBe(0);
    const later = new Date(Date.now() + 3_600_000);
    expect(await Promise.all([store.removeUnfinished(later), store.removeUnfinished(later)])).toContain(2);
    expect(await store.removeUnfinished(later)).toBe(0);
    expect(await open({ prefix: 'ended' }).removeUnfinished(later)).toBe(1);
    client.destroy();
  });

  it('does not take a whole object for the range that was asked for', async () => {
    const store = open();
    await store.put('a', bytes);
    // A range that s3rver does not understand, other than S3.
    await expect(store.read('a', { start: 0, end: 0 })).rejects.toThrow('ignores ranges');
  });

  it('says so where the bucket is missing', async () => {
    const store = open({ bucket: 'no-such-bucket' });
    const missing = 'The object store has no bucket no-such-bucket: see S3_BUCKET.';
    await expect(store.put('a', bytes)).rejects.toThrow(missing);
    await expect(store.read('a')).rejects.toThrow(missing);
    await expect(store.size('a')).rejects.toThrow(missing);
    await expect(store.remove('a')).rejects.toThrow(missing);
    await expect(keysOf(store)).rejects.toThrow(missing);
  });

  it('says so where access is refused', async () => {
    const store = open({ credentials: { accessKeyId: 'nobody', secretAccessKey: 'wrong' } });
    await expect(store.put('a', bytes)).rejects.toThrow(StoreUnavailableError);
    await expect(store.size('a')).rejects.toThrow('refuses access to the bucket');
  });

  describe('with answers that s3rver does not give', () => {
    let answering: Server;
    const answeredBy = async (answer: RequestListener) => {
      answering = createServer(answer).listen(0, '127.0.0.1');
      await once(answering, 'listening');
      return open({ endpoint: `http://127.0.0.1:${(answering.address() as AddressInfo).port}`, prefix: 'a' });
    };
    afterEach(() => {
      answering.closeAllConnections();
      answering.close();
    });

    it('lists page by page', async () => {
      const page = (key: string, next: string) =>
        `<ListBucketResult><Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>` +
        `</Contents>${next}</ListBucketResult>`;
      const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>second</NextContinuationToken>';
      const store = await answeredBy(({ url = '' }, response) => {
        response.end(url.includes('continuation-token=second') ? page('a/2', '') : page('a/1', more));
      });
      expect(await keysOf(store)).toEqual(['1', '2']);
    });

    it('names the failure where nobody listens', async () => {
      const store = await answeredBy(() => {});
      answering.close();
      await expect(store.put('a', bytes)).rejects.toThrow(/cannot be reached: .*ECONNREFUSED/);
      await expect(store.removeUnfinished(new Date())).rejects.toThrow(StoreUnavailableError);
    });

    it('names the failure of a server at fault', async () => {
      const store = await answeredBy((request, response) => {
        request.resume();
        response.writeHead(503).end();
      });
      await expect(store.read('a')).rejects.toThrow(/answered 503/);
      await expect(store.size('a')).rejects.toThrow(StoreUnavailableError);
    });

    it('names the failure when a connection breaks while it is read', async () => {
      const store = await answeredBy((_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('half', () => setImmediate(() => response.destroy()));
      });
      await expect(store.read('a').then(buffer)).rejects.toThrow(StoreUnavailableError);
      await expect(store.asFile('a', '/tmp')).rejects.toThrow(StoreUnavailableError);
    });
  });
});
