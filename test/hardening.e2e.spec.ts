import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { type Client, testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { createDataset } from './support/training.js';

const MAX_CONNECTIONS = 4;

describe('an API in production', () => {
  let platform: TestPlatform;
  let client: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0, environment: { NODE_ENV: 'production' } });
    client = platform.client;
  });
  afterAll(() => platform.stop());

  const asked = (path: string, authorization?: string) =>
    client.as(null).raw('GET', path, undefined, authorization === undefined ? {} : { authorization });
  const basic = (name: string, password: string) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

  /** What the API sends to these bytes, until it closes. The sender's side stays open: an answer to nobody is not sent. */
  const answerTo = async (bytes: string) => {
    const { port, hostname } = new URL(client.origin);
    const socket = connect(Number(port), hostname);
    socket.write(bytes);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  };

  it('has no queue board unless it is told whose', async () => {
    const board = await asked('//admin/queues', `Bearer ${testToken()}`);
    expect([board.status, board.body['code']]).toEqual([404, 'route_not_found']);
  });

  describe('shows its documentation', () => {
    const PAGES = ['//docs', '//docs/', '//docs-json', '//docs-yaml', '//docs/swagger-ui.css', '//%64ocs-json'];

    it.each(PAGES)('at %s to nobody without a token, and asks browsers for one', async (path) => {
      for (const [authorization, code] of [
        [undefined, 'token_missing'],
        ['Basic', 'token_missing'],
        [basic('admin', ''), 'token_missing'],
        [basic('admin', 'admin'), 'token_invalid'],
        [`Bearer ${testToken({}, -60)}`, 'token_expired'],
        [basic('any', testToken({}, -60)), 'token_expired'],
      ] as const) {
        const answer = await asked(path, authorization);
        expect([answer.status, answer.body['code']]).toEqual([401, code]);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer, Basic realm="/);
      }
      const nobody = await asked(path, basic('any', testToken({ roles: [] })));
      expect([nobody.status, nobody.body['code']]).toEqual([403, 'role_required']);
    });

    it.each(PAGES)('at %s to whoever may read, by either scheme', async (path) => {
      const token = testToken({ roles: ['viewer'] });
      for (const authorization of [`Bearer ${token}`, basic('', token), basic('anna', token)]) {
        const answer = await asked(path, authorization);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('www-authenticate')).toBeNull();
      }
    });

    describe('as a page', () => {
      const AUTHORIZATION = `Bearer ${testToken({ roles: ['viewer'] })}`;
      const page = (path: string) => asked(path, AUTHORIZATION);
      /** What the page has loaded, wherever that is. */
      const namedBy = (html: string) => [...html.matchAll(/\b(?:src|href)=["']?([^"'\s>]+)/g)].map(([, url]) => url!);

      it.each(['//docs', '//docs/'])('whose files, all from the API itself, are there: %s', async (path) => {
        const { text: html } = await page(path);
        const base = new URL(path.slice(1), client.origin);
        const urls = namedBy(html).map((url) => new URL(url, base));
        const files = urls.map(({ pathname }) => pathname.replace(/^\/docs\//, ''));
        expect(files.toSorted()).toEqual([
          'favicon-16x16.png',
          'favicon-32x32.png',
          'swagger-ui-bundle.js',
          'swagger-ui-init.js',
          'swagger-ui-standalone-preset.js',
          'swagger-ui.css',
        ]);
        expect(new Set(urls.map(({ origin }) => origin))).toEqual(new Set([client.origin]));
        for (const { pathname } of urls) {
          const { status, headers } = await page(`/${pathname}`);
          const type = pathname.endsWith('.js') ? 'javascript' : pathname.endsWith('.css') ? 'text/css' : 'image/png';
          expect([pathname, status, headers.get('content-type')]).toEqual([
            pathname,
            200,
            expect.stringContaining(type),
          ]);
        }
      });

      it('that names no other host, neither in its styles', async () => {
        const { text: html } = await page('//docs');
        expect(html).not.toMatch(/@import|url\(/);
        const { text: css } = await page('//docs/swagger-ui.css');
        expect(css).not.toContain('@import');
        const urls = [...css.matchAll(/url\(\s*["']?([^)"']*)/g)].map(([, url]) => url!);
        expect(urls.length).toBeGreaterThan(0);
        expect(urls.filter((url) => !url.startsWith('data:'))).toEqual([]);
      });

      it.each([
        'package.json',
        'README.md',
        'LICENSE',
        'index.js',
        'absolute-path.js',
        'swagger-ui.css.map',
        'swagger-ui-bundle.js.map',
        'swagger-ui-bundle.js.LICENSE.txt',
        'log.bundle-sizes.swagger-ui.txt',
        'oauth2-redirect.html',
        'oauth2-redirect.js',
        'swagger-initializer.js',
        '%70ackage.json',
        'swagger-ui.css/../package.json',
        'swagger-ui.css%2F..%2Fpackage.json',
        '..%2Fswagger-ui-dist%2Fpackage.json',
      ])('without %s, which it does not need', async (file) => {
        // Sent as it stands: fetch would resolve the dots itself.
        const head = [`GET /docs/${file} HTTP/1.1`, 'Host: a', `Authorization: ${AUTHORIZATION}`, 'Connection: close'];
        const answer = await answerTo(`${head.join('\r\n')}\r\n\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
        expect(answer).toContain('application/problem+json');
        expect(answer).not.toContain('swagger-ui-dist"');
        if (!file.includes('..')) expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      });

      it.each([
        ['//docs', 'text/html'],
        ['//docs/', 'text/html'],
        ['//docs-yaml', 'text/yaml'],
        ['//docs-json', 'application/json'],
        ['//docs/swagger-ui-init.js', 'application/javascript'],
        ['//docs/swagger-ui-bundle.js', 'application/javascript'],
        ['//docs/swagger-ui.css', 'text/css'],
      ])('that says in which charset %s is', async (path, type) => {
        expect((await page(path)).headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      });

      it('that sends data to nobody but the API', async () => {
        const policy = (await page('//docs')).headers.get('content-security-policy')!;
        const rules = Object.fromEntries(
          policy.split(';').map((rule) => {
            const [name, ...sources] = rule.trim().split(' ');
            return [name!, sources];
          }),
        );
        expect(rules).toMatchObject({ 'default-src': ["'none'"], 'script-src': ["'self'"], 'connect-src': ["'self'"] });
        const sources = new Set(Object.values(rules).flat());
        expect([...sources].toSorted()).toEqual(["'none'", "'self'", "'unsafe-inline'", 'data:']);
      });

      it('whose script no page of another origin may load', async () => {
        const { status, headers } = await page('//docs/swagger-ui-init.js');
        expect([status, headers.get('cross-origin-resource-policy')]).toEqual([200, 'same-origin']);
        const { headers: guarded } = await asked('//docs/swagger-ui-init.js');
        expect(guarded.get('cross-origin-resource-policy')).toBe('same-origin');
      });

      it('that leaves nothing in the browser', async () => {
        const script = await page('//docs/swagger-ui-init.js');
        expect(script.text).toContain('"persistAuthorization": false');
        for (const { headers } of [script, await page('//docs')]) expect(headers.has('set-cookie')).toBe(false);
      });
    });

    it('with a scheme that opens nothing else', async () => {
      const answer = await asked('/jobs', basic('any', testToken()));
      expect([answer.status, answer.body['code']]).toEqual([401, 'token_missing']);
    });
  });

  it('decodes a path once, and no text at all', async () => {
    const name = '%41%2561 &lt;b&gt;';
    const id = await createDataset(client, { name });
    expect((await client.get<{ name: string }>(`/datasets/${id}`)).body.name).toBe(name);
    const answer = await client.get<{ detail: string }>('/datasets/dataset%252561');
    expect([answer.status, answer.body.detail]).toEqual([404, expect.stringContaining('dataset%2561')]);
  });

  it('gives nothing for a path that only looks like a file to caches', async () => {
    const id = await createDataset(client);
    for (const path of [`/datasets/${id}/x.css`, `/datasets/${id}.css`, `/datasets/${id}%2Fx.css`]) {
      expect((await client.get(path)).status).toBe(404);
    }
  });

  it('lets no page of another origin read it', async () => {
    const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const asking = await client.raw('OPTIONS', '/jobs', undefined, preflight);
    const answer = await client.raw('GET', '/jobs', undefined, { origin: 'https://evil.example' });
    expect(answer.status).toBe(200);
    for (const { headers } of [asking, answer]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('tells browsers to trust, frame and guess nothing', async () => {
    const { headers } = await client.get('/jobs');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    const policy = (await asked('//docs', `Bearer ${testToken()}`)).headers.get('content-security-policy')!;
    for (const rule of ["script-src 'self';", "connect-src 'self';", "base-uri 'none'", "form-action 'none'"]) {
      expect(policy).toContain(rule);
    }
    for (const name of ['server', 'x-powered-by', 'set-cookie']) expect(headers.has(name)).toBe(false);
  });

  it('says the same to what is no HTTP', async () => {
    const answer = await answerTo('nonsense\r\n\r\n');
    for (const line of [
      'HTTP/1.1 400',
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      "default-src 'none'",
    ]) {
      expect(answer).toContain(line);
    }
  });

  it('echoes nothing to TRACE, lists no folder, and forgets the token with the page', async () => {
    const head = ['TRACE /v1/ai-training/jobs HTTP/1.1', 'Host: a', 'X-Mark: hunter2', 'Connection: close'];
    const answer = await answerTo(`${head.join('\r\n')}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(answer).not.toContain('hunter2');
    const authorization = `Bearer ${testToken()}`;
    expect((await asked('//docs/static/', authorization)).status).toBe(404);
    expect((await asked('//docs/swagger-ui-init.js', authorization)).text).toContain('"persistAuthorization": false');
  });

  it('puts on record who was refused what, why and from where', async () => {
    const sub = 'reader';
    await client.as(testToken({ sub, roles: ['viewer'] })).post('/jobs', {});
    await client.as('not.a.token').get('/queue');
    const lines = () => platform.apis[0]!.logs().filter(({ msg }) => msg === 'request');
    await eventually(async () => lines().some(({ route }) => String(route).endsWith('/queue')), 'both are on record');
    expect(lines()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ status: 403, code: 'role_required', sub, tenant: 'default', address: '127.0.0.1' }),
        expect.objectContaining({ status: 401, code: 'token_invalid', address: '127.0.0.1' }),
      ]),
    );
    for (const { time } of lines()) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('keeps what people write on one line of its log', async () => {
    const forged = `x\n{"level":"info","msg":"forged"}`;
    await client.as(testToken({ sub: forged })).get('/jobs');
    await client.as(testToken({ sub: 'marker' })).get('/jobs');
    const logs = () => platform.apis[0]!.logs();
    await eventually(async () => logs().some(({ sub }) => sub === 'marker'), 'the marker is on record');
    expect(logs().filter(({ msg }) => msg === 'forged')).toEqual([]);
  });

  it('does not write tokens into its log', async () => {
    const token = testToken({ sub: 'anna' });
    await client.as(token).get('/jobs');
    await client.as(`${token}x`).get('/jobs');
    await asked('//docs', basic('any', `${token}y`));
    const signature = token.split('.')[2]!;
    expect(JSON.stringify(platform.apis[0]!.logs())).not.toContain(signature);
  });
});

describe('an API with as many connections as it may have', () => {
  let platform: TestPlatform;
  beforeEach(async () => {
    platform = await TestPlatform.start({ workers: 0, environment: { MAX_CONNECTIONS: String(MAX_CONNECTIONS) } });
  });
  afterEach(() => platform.stop());

  const open = async () => {
    const { port, hostname } = new URL(platform.client.origin);
    const socket = connect(Number(port), hostname).on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const asks = (socket: Socket, bytes = 'GET /livez HTTP/1.1\r\nHost: a\r\n\r\n') => {
    socket.write(bytes);
    return new Promise<boolean>((resolve) => {
      socket.once('data', () => resolve(true)).once('close', () => resolve(false));
    });
  };
  const fill = async () => {
    const sockets = await Promise.all(Array.from({ length: MAX_CONNECTIONS }, open));
    expect(await Promise.all(sockets.map((socket) => asks(socket)))).toEqual(sockets.map(() => true));
    return sockets;
  };

  it('closes those beyond, and takes new ones when others end', async () => {
    const sockets = await fill();
    expect(await asks(await open())).toBe(false);
    sockets[0]!.destroy();
    await eventually(async () => asks(await open()), 'a new connection is answered');
    for (const socket of sockets) socket.destroy();
  });

  it('takes back the places of those whom it has refused, whether they leave or not', async () => {
    const { port, hostname } = new URL(platform.client.origin);
    const staying = () => connect({ port: Number(port), host: hostname, allowHalfOpen: true }).on('error', () => {});
    const sockets = Array.from({ length: MAX_CONNECTIONS }, staying);
    expect(await Promise.all(sockets.map((socket) => asks(socket, 'nonsense\r\n\r\n')))).not.toContain(false);
    await eventually(async () => asks(await open()), 'a new connection is answered');
    for (const socket of sockets) socket.destroy();
  });

  it('puts on record that it refused some, in one line at first and with their number at the end', async () => {
    const sockets = await fill();
    for (let beyond = 0; beyond < 5; beyond += 1) expect(await asks(await open())).toBe(false);
    expect(await asks(sockets[0]!, 'nonsense\r\n\r\n')).toBe(true);
    for (const socket of sockets) socket.destroy();
    const [api] = platform.apis;
    const told = () => api!.logs().filter(({ msg }) => msg === 'Connections refused');
    await eventually(() => told().length === 2, 'both kinds are on record');
    const line = (code: string, count: number) => ({ level: 'warn', code, count, address: '127.0.0.1' });
    expect(told()).toMatchObject([line('too_many_connections', 1), line('bad_request', 1)]);
    await api!.stop();
    expect(told().slice(2)).toMatchObject([line('too_many_connections', 4)]);
  });
});

describe('a body that nobody wants', () => {
  let platform: TestPlatform;
  beforeAll(async () => (platform = await TestPlatform.start({ workers: 0 })));
  afterAll(() => platform.stop());

  /** Sends a head, and goes on with a byte now and then until the connection is closed; gives what was answered. */
  async function dripped(head: string[], piece = 'x', path = '/jobs'): Promise<string> {
    const { port, hostname } = new URL(platform.client.origin);
    const socket = connect(Number(port), hostname).on('error', () => {});
    socket.write(`${[`POST /v1/ai-training${path} HTTP/1.1`, 'Host: a', ...head].join('\r\n')}\r\n\r\n`);
    const drip = setInterval(() => socket.write(piece), 200);
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    await once(socket, 'close');
    clearInterval(drip);
    return answer;
  }
  const json = 'Content-Type: application/json';
  const token = `Authorization: Bearer ${testToken()}`;

  it('is refused before it has come, and does not keep its connection', async () => {
    const answers = await Promise.all([
      dripped([json, 'Content-Length: 1048576']),
      dripped([json, 'Transfer-Encoding: chunked'], '1\r\nx\r\n'),
      dripped([json, 'Content-Length: 1048576'], 'x', '/nope'),
      dripped([json, token, 'Content-Length: 9007199254740991']),
    ]);
    expect(answers.map((answer) => answer.split('\r\n')[0])).toEqual([
      'HTTP/1.1 401 Unauthorized',
      'HTTP/1.1 401 Unauthorized',
      'HTTP/1.1 401 Unauthorized',
      'HTTP/1.1 413 Payload Too Large',
    ]);
    for (const answer of answers) expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
  });
});

describe('senders that are gone before they are answered', () => {
  it('do no harm to the API', async () => {
    const platform = await TestPlatform.start({ workers: 0 });
    try {
      const { port, hostname } = new URL(platform.client.origin);
      for (const path of ['/x/%zz', '/v1/ai-training/jobs', '/nope']) {
        const leaving = Array.from({ length: 60 }, async () => {
          const socket = connect(Number(port), hostname).on('error', () => {});
          await once(socket, 'connect');
          socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, () => socket.resetAndDestroy());
          await once(socket, 'close');
        });
        await Promise.all(leaving);
      }
      expect((await platform.client.get('/datasets')).status).toBe(200);
      const lines = platform.apis[0]!.logs();
      expect(lines.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
    } finally {
      await platform.stop();
    }
  });
});

describe('a process that meets what nobody expected', () => {
  it('ends, and says why in its log', async () => {
    const program = `import { logLastWords } from './dist/process-lifecycle.js';
      logLastWords();
      setTimeout(() => { throw new Error('unexpected'); }, 1);`;
    const ending = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    const { code, stdout, stderr } = (await ending.catch((error: unknown) => error)) as Record<string, unknown>;
    expect(code).toBe(1);
    expect(`${String(stdout)}${String(stderr)}`).toMatch(/Ended by an error that nobody expected[^]*unexpected/);
  });
});
