import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JwtService } from '@nestjs/jwt';
import { type Answer, FakeApi, streamOf } from '../client/fake-api.contract.js';
import { readEnvironment } from '../config/environment.js';
import { accessFor } from './access.js';
import { parseWatchArguments } from './watch-arguments.js';
import { watchCommand } from './watch-command.js';

const SECRET = 'a secret that nobody would guess, ever';
const TOKEN = 'aa.bb.cc';
const job = { id: 'job_1', name: 'Segments', modelType: 'neural_network' };
const tokens = mkdtempSync(path.join(tmpdir(), 'watch-tokens-'));
afterAll(() => rmSync(tokens, { recursive: true, force: true }));

function tokenFile(token: string): string {
  const file = path.join(tokens, token);
  writeFileSync(file, `${token}\n`);
  return file;
}

const PLAIN = { redraws: false, colour: false, unicode: false };

describe('watchCommand', () => {
  let api: FakeApi | undefined;
  afterEach(() => api?.close());

  const run = async (answers: Record<string, Answer>, parameters = ['job_1']) => {
    api = new FakeApi(answers);
    const url = `${await api.listen()}/`;
    const written: string[] = [];
    const output = { write: (text: string) => written.push(text) };
    const environment = () => readEnvironment({ JWT_SECRET: SECRET });
    const context = { output, terminal: PLAIN, signal: new AbortController().signal, environment };
    const code = await watchCommand([...parameters, '--url', url], context);
    return { code, text: written.join('') };
  };
  const withStream = (...events: [string, unknown][]): Record<string, Answer> => ({
    'GET /v1/ai-training/jobs/job_1': [200, job],
    'GET /v1/ai-training/jobs/job_1/progress/stream': streamOf({ events, cuts: [150] }),
  });
  const progress: [string, unknown] = ['progress', { currentEpoch: 1, totalEpochs: 1, loss: 0.5, validationLoss: 0.6 }];

  it('follows a job to its end, through a lost connection', async () => {
    const { code, text } = await run(withStream(progress, ['done', { status: 'completed', version: '1.2.0' }]));
    expect(code).toBe(0);
    expect(text.split('\n')).toEqual([
      'Segments  job_1  neural_network',
      expect.stringMatching(/100 % {2}epoch 1\/1 {2}loss 0\.5000 {2}val loss 0\.6000/),
      'Connection lost (other side closed); trying again',
      'Connected again',
      'The job ended as completed: version 1.2.0',
      '',
    ]);
    const token = api!.asked[0]!.headers.authorization!.slice('Bearer '.length);
    expect(new JwtService({ secret: SECRET }).verify(token)).toMatchObject({ sub: 'watch', roles: ['viewer'] });
  });

  it.each(['failed', 'cancelled'])('has exit code 1 for a job that was %s', async (status) => {
    expect((await run(withStream(['done', { status }]))).code).toBe(1);
  });

  it('takes a token', async () => {
    await run(withStream(['done', { status: 'completed' }]), ['job_1', '--token-file', tokenFile(TOKEN)]);
    expect(api!.asked[0]!.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('says in one line that there is no such job', async () => {
    const problem = { title: 'Not found', detail: 'There is no job job_1', code: 'job_not_found' };
    await expect(run({ 'GET /v1/ai-training/jobs/job_1': [404, problem] })).rejects.toThrow(
      /^GET \/jobs\/job_1 was answered with 404: Not found: There is no job job_1 \(job_not_found\)$/,
    );
  });

  it('shows its usage without asking anybody', async () => {
    expect((await run({}, ['--help'])).text).toMatch(/^Usage: npm run -s watch/);
    expect(api!.asked).toEqual([]);
  });
});

describe('parseWatchArguments', () => {
  it.each([
    ['http://127.0.0.1:3102', 'http://127.0.0.1:3102/v1/ai-training'],
    ['https://ai.example/', 'https://ai.example/v1/ai-training'],
    ['https://ai.example/proxied/v1/ai-training/', 'https://ai.example/proxied/v1/ai-training'],
  ])('takes %s for %s', (url, baseUrl) => {
    expect(parseWatchArguments(['job_1', '--url', url])).toEqual({ jobId: 'job_1', baseUrl });
  });

  it.each([
    [[], 'Expected the id of one job'],
    [['job_1', 'job_2'], 'Expected the id of one job'],
    [['job_1', '--url', 'example'], '--url: expected an address'],
    [['job_1', '--url', 'ftp://example'], '--url: expected an address'],
    [['job_1', '--token-file', tokenFile('secret')], '--token-file: holds no JSON Web Token'],
    [['job_1', '--token-file', '/nowhere/token'], '--token-file: ENOENT'],
    [['job_1', '--tail'], "Unknown option '--tail'"],
  ])('refuses %j', (parameters, message) => {
    expect(() => parseWatchArguments(parameters)).toThrow(message);
  });
});

describe('accessFor', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'watch-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const access = (request: object, variables: NodeJS.ProcessEnv = {}) =>
    accessFor({ jobId: 'job_1', ...request }, () => readEnvironment({ DATA_DIR: folder, ...variables }));

  it('finds the platform of the environment', () => {
    expect(access({}, { HOST: '0.0.0.0', PORT: '3102' }).baseUrl).toBe('http://127.0.0.1:3102/v1/ai-training');
  });

  it('reads nothing when it is told everything', () => {
    const told = { baseUrl: 'https://ai.example/v1', token: TOKEN };
    expect(access(told, { PORT: 'wrong' })).toEqual(told);
  });

  it('sends no token of its own to another machine', () => {
    expect(() => access({ baseUrl: 'https://ai.example/v1' })).toThrow(
      '--token-file: needed for an API on another machine',
    );
    expect(access({ baseUrl: 'http://localhost:1/v1' }).token).toBeDefined();
  });

  it('makes no token where only an issuer can', () => {
    expect(() => access({}, { JWT_JWKS: 'keys.json' })).toThrow('--token-file: needed where JWT_JWKS is set');
    expect(access({ token: TOKEN }, { JWT_JWKS: 'keys.json' }).token).toBe(TOKEN);
  });

  it('makes no token in production unless that is allowed there', () => {
    expect(() => access({}, { NODE_ENV: 'production', JWT_SECRET: SECRET })).toThrow(/watch command is refused/);
    expect(access({}, { NODE_ENV: 'production', JWT_SECRET: SECRET, ALLOW_TOKEN_CLI: 'true' }).token).toBeDefined();
    expect(access({ token: TOKEN }, { NODE_ENV: 'production', JWT_SECRET: SECRET }).token).toBe(TOKEN);
  });
});
