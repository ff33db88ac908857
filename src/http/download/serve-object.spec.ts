import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { serveObject } from './serve-object.js';

const SIZE = 10_000_000;

describe('serveObject', () => {
  let server: FastifyInstance;
  let read: number;
  let source: Readable;
  beforeEach(() => {
    read = 0;
    const open = () => {
      const pieces = function* () {
        for (; read < SIZE; read += 100_000) yield Buffer.alloc(100_000);
      };
      source = Readable.from(pieces(), { objectMode: false });
      return Promise.resolve(source);
    };
    const object = { size: SIZE, sha256: 'ab'.repeat(32), name: 'a.csv', mediaType: 'text/csv', open };
    server = fastify();
    server.get('/file', async (request, reply) => {
      await serveObject(request, reply, object);
      return reply;
    });
  });
  afterEach(() => server.close());

  it('sends all of it', async () => {
    expect((await server.inject('/file')).rawPayload).toHaveLength(SIZE);
  });

  it('is an attachment that no shared cache keeps', async () => {
    const { headers } = await server.inject('/file');
    expect(headers).toMatchObject({
      'cache-control': 'private, no-cache',
      'content-disposition': expect.stringMatching(/^attachment; filename="a\.csv"/),
    });
  });

  it('answers HEAD as GET, without reading it', async () => {
    const { statusCode, headers, payload } = await server.inject({ method: 'HEAD', url: '/file' });
    expect([statusCode, headers['content-length'], headers['content-type'], payload]).toEqual([
      200,
      String(SIZE),
      'text/csv',
      '',
    ]);
    expect(source.destroyed).toBe(true);
    expect(read).toBeLessThan(SIZE / 10);
  });
});
