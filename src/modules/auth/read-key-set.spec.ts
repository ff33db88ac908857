import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readKeySet } from './read-key-set.js';

const LIMITS = { bytes: 1_000, timeoutMs: 60_000 };
const HUGE = JSON.stringify({ keys: [], padding: 'x'.repeat(100_000) });

describe('a key set at a URL', () => {
  let answer: RequestListener;
  let asked: string[];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    answer(request, response);
  });
  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  beforeEach(() => (asked = []));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = () => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);

  it('is what is answered', async () => {
    answer = (_, response) => response.end('{"keys":[]}');
    expect(await readKeySet(url(), LIMITS)).toEqual({ keys: [] });
  });

  it.each([201, 204, 301, 302, 307, 308, 404, 500])('is not taken from an answer with %d', async (status) => {
    answer = (_, response) => response.writeHead(status, { location: '/elsewhere' }).end('{"keys":[]}');
    await expect(readKeySet(url(), LIMITS)).rejects.toThrow(`it was answered with ${status}`);
    expect(asked).toEqual(['/keys']);
  });

  it.each<[string, RequestListener]>([
    ['sent whole', (_, response) => response.end(HUGE)],
    ['packed', (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(HUGE))],
    [
      'without an end',
      (_, response) => {
        const more = (): boolean => response.write('x'.repeat(1_000)) && more();
        response.on('drain', more);
        more();
      },
    ],
  ])('may not be huge: %s', async (_, listener) => {
    answer = listener;
    await expect(readKeySet(url(), LIMITS)).rejects.toThrow('it is larger than 1000 bytes');
  });

  it.each<[string, RequestListener]>([
    ['never', () => undefined],
    ['half', (_, response) => response.write('{"keys":')],
  ])('has to come in time: %s', async (_, listener) => {
    answer = listener;
    await expect(readKeySet(url(), { ...LIMITS, timeoutMs: 50 })).rejects.toThrow(/timeout/);
  });

  it('is JSON', async () => {
    answer = (_, response) => response.end('<secret>');
    await expect(readKeySet(url(), LIMITS)).rejects.toThrow(/^it is no JSON$/);
  });

  it('needs a server', async () => {
    await expect(readKeySet(new URL('http://127.0.0.1:1/keys'), LIMITS)).rejects.toThrow();
  });
});

describe('a key set in a file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'keys-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = (text: string) => {
    writeFileSync(path.join(folder, 'keys.json'), text);
    return path.join(folder, 'keys.json');
  };

  it('is what the file holds', async () => {
    expect(await readKeySet(written('{"keys":[]}'))).toEqual({ keys: [] });
  });

  it('may not be huge, missing, or something else', async () => {
    await expect(readKeySet(written(HUGE), LIMITS)).rejects.toThrow('it is larger than 1000 bytes');
    await expect(readKeySet(written('nonsense'), LIMITS)).rejects.toThrow('it is no JSON');
    await expect(readKeySet(path.join(folder, 'none'), LIMITS)).rejects.toThrow('ENOENT');
    await expect(readKeySet(folder, LIMITS)).rejects.toThrow('it is no file');
  });
});
