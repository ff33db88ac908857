import { Target, WRITES } from './support/bad-input.js';
import { type Client, testToken } from './support/client.js';
import { fingerprint } from './support/fingerprint.js';
import { forged, hmac, rsa, tampered, unsigned } from './support/forge.js';
import type { Operation } from './support/openapi.js';
import { notAProblem, type ProblemAnswer } from './support/problem.js';
import type { Page } from './support/training.js';

const PUBLIC = ['/livez', '/readyz'];

describe('authentication', () => {
  let target: Target;
  let client: Client;
  let before: unknown;

  beforeAll(async () => {
    target = await Target.start();
    ({ client } = target);
    before = await fingerprint(target.platform.database);
  });
  afterAll(() => target.platform.stop());

  const ask = (asker: Client, { method, path, body }: Operation) => {
    const write = WRITES.find(([verb, name]) => verb === method && path.endsWith(name));
    const query = path.endsWith('{modelId}/compare') ? '?versions=1.0.0,1.1.0' : '';
    return asker.raw(method, `/${target.filled(path)}${query}`, body && JSON.stringify(target.valid(write![2])));
  };
  const answerTo = (authorization: string | undefined) =>
    client.as(null).raw('GET', '/datasets', undefined, authorization === undefined ? {} : { authorization });

  it('tells no more than a verdict where it is not needed', async () => {
    for (const path of PUBLIC) expect((await client.as(null).get(`/${path}`)).body).toEqual({ status: 'ok' });
  });

  it.each([
    ['nothing', undefined, 'token_missing'],
    ['no scheme', forged(), 'token_missing'],
    ['a basic login', 'Basic YWRtaW46YWRtaW4=', 'token_missing'],
    ['a scheme alone', 'Bearer', 'token_missing'],
    ['no token', 'Bearer ', 'token_missing'],
    ['a word', 'Bearer nonsense', 'token_invalid'],
    ['dots', 'Bearer ..', 'token_invalid'],
    ['no JSON', 'Bearer e30.bm9uc2Vuc2U.c2ln', 'token_invalid'],
    ['a token cut short', `Bearer ${forged().slice(0, -2)}`, 'token_invalid'],
    ['a token without its signature', `Bearer ${forged().split('.').slice(0, 2).join('.')}`, 'token_invalid'],
    ['a token with a part more', `Bearer ${forged()}.e30`, 'token_invalid'],
    ['12 kB', `Bearer ${'x'.repeat(12_000)}`, 'token_invalid'],
    ['an expired token', `Bearer ${testToken({}, -1)}`, 'token_expired'],
    ['a token that expired long ago', `Bearer ${forged({ exp: 1 })}`, 'token_expired'],
    ['an expired token of somebody else', `Bearer ${forged({ exp: 1 }, {}, hmac('sha256', 'x'))}`, 'token_invalid'],
    [
      'another secret',
      `Bearer ${forged({}, {}, hmac('sha256', 'another-secret-that-is-long-enough'))}`,
      'token_invalid',
    ],
    ['an empty secret', `Bearer ${forged({}, { kid: '/dev/null' }, hmac('sha256', ''))}`, 'token_invalid'],
    ['alg none', `Bearer ${forged({}, { alg: 'none' }, unsigned)}`, 'token_invalid'],
    ['alg NONE, signed', `Bearer ${forged({}, { alg: 'NONE' })}`, 'token_invalid'],
    ['no alg', `Bearer ${forged({}, { alg: undefined })}`, 'token_invalid'],
    ['HS256 unsigned', `Bearer ${forged({}, {}, unsigned)}`, 'token_invalid'],
    ['HS384', `Bearer ${forged({}, { alg: 'HS384' }, hmac('sha384'))}`, 'token_invalid'],
    ['HS512', `Bearer ${forged({}, { alg: 'HS512' }, hmac('sha512'))}`, 'token_invalid'],
    ['RS256', `Bearer ${forged({}, { alg: 'RS256' }, rsa)}`, 'token_invalid'],
    ['RS256 by name, HS256 by nature', `Bearer ${forged({}, { alg: 'RS256' })}`, 'token_invalid'],
    [
      'a key of its own',
      `Bearer ${forged({}, { jwk: { kty: 'oct', k: 'eA' } }, hmac('sha256', 'x'))}`,
      'token_invalid',
    ],
    ['a tampered tenant', `Bearer ${tampered({ tenant: 'other' })}`, 'token_invalid'],
    ['no exp', `Bearer ${forged({ exp: undefined })}`, 'token_invalid'],
    ['exp as a text', `Bearer ${forged({ exp: '9999999999' })}`, 'token_invalid'],
    ['exp null', `Bearer ${forged({ exp: null })}`, 'token_invalid'],
    ['a token of tomorrow', `Bearer ${forged({ nbf: 9_999_999_999 })}`, 'token_invalid'],
    ['no sub', `Bearer ${forged({ sub: undefined })}`, 'token_invalid'],
    ['an empty sub', `Bearer ${forged({ sub: '' })}`, 'token_invalid'],
    ['sub as a number', `Bearer ${forged({ sub: 5 })}`, 'token_invalid'],
    ['a sub with NUL', `Bearer ${forged({ sub: 'a\u0000b' })}`, 'token_invalid'],
    ['a sub of 129 characters', `Bearer ${forged({ sub: 'x'.repeat(129) })}`, 'token_invalid'],
    ['an empty tenant', `Bearer ${forged({ tenant: '' })}`, 'token_invalid'],
    ['a blank tenant', `Bearer ${forged({ tenant: ' ' })}`, 'token_invalid'],
    ['a tenant with a blank', `Bearer ${forged({ tenant: 'default ' })}`, 'token_invalid'],
    ['a list of tenants', `Bearer ${forged({ tenant: ['default'] })}`, 'token_invalid'],
    ['a tenant that is null', `Bearer ${forged({ tenant: null })}`, 'token_invalid'],
  ])('refuses %s', async (_label, authorization, code) => {
    const answer = await answerTo(authorization);
    expect([notAProblem(answer), answer.status]).toEqual([null, 401]);
    expect((answer.body as unknown as ProblemAnswer).code).toBe(code);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.text).not.toContain(forged().split('.')[0]);
  });

  it.each([
    ['a token of the command', `Bearer ${testToken()}`],
    ['any case of the scheme', `bearer ${forged()}`],
    ['no tenant, for the default one', `Bearer ${forged({ tenant: undefined })}`],
    ['roles that are unknown beside one that is not', `Bearer ${forged({ roles: ['root', 'viewer'] })}`],
  ])('lets in %s', async (_label, authorization) => {
    expect((await answerTo(authorization)).status).toBe(200);
  });

  it('takes a token from nowhere but the header', async () => {
    const token = forged();
    for (const query of [`access_token=${token}`, `token=${token}`, `jwt=${token}`]) {
      expect((await client.as(null).get(`/health?${query}`)).status).toBe(401);
    }
    const cookie = { cookie: `token=${token}; jwt=${token}; authorization=Bearer ${token}` };
    expect((await client.as(null).raw('GET', '/health', undefined, cookie)).status).toBe(401);
  });

  describe('another tenant', () => {
    const other = () => client.as(testToken({ tenant: 'other' }));

    it('is answered 404 about everything that is not its own, exactly as if it were not there', async () => {
      const named = target.api.operations.filter(({ path }) => path.includes('{') && !path.includes('hyperparameters'));
      expect(named.length).toBeGreaterThanOrEqual(9);
      for (const operation of named) {
        const { method, path } = operation;
        const answer = await ask(other(), operation);
        expect([method, path, answer.status, notAProblem(answer)]).toEqual([method, path, 404, null]);
        const { requestId, detail, ...problem } = answer.body as unknown as ProblemAnswer;
        const missing = await ask(client.as(testToken({ tenant: 'nobody' })), operation);
        expect(missing.body).toEqual({ ...problem, requestId: expect.any(String) as string, detail });
        expect(missing.body).not.toMatchObject({ requestId });
      }
    });

    it('finds in lists what is its own and nothing else, whatever it filters by', async () => {
      const { ids } = target;
      const found = async (path: string) =>
        (await other().get<Page<{ id: string }>>(path)).body.data.map(({ id }) => id);
      expect(await found('/datasets?limit=200')).toEqual([ids.foreign]);
      expect(await found('/jobs?limit=200')).toEqual([ids.foreignJob]);
      expect(await found('/models?limit=200')).toEqual(['theirs']);
      for (const filter of ['status=error', 'status=uploading']) expect(await found(`/datasets?${filter}`)).toEqual([]);
      for (const filter of [`datasetId=${ids.ready}`, 'modelId=m', 'status=completed']) {
        expect(await found(`/jobs?${filter}`)).toEqual([]);
      }
    });

    it('counts nothing but its own in the health', async () => {
      const { body } = await other().get('/health');
      expect(body).toMatchObject({ activeJobs: 0, totalDatasets: 1, totalModels: 1 });
    });

    it('has changed nothing by all of that', async () => {
      expect(await fingerprint(target.platform.database)).toEqual(before);
    });

    it('keeps a model of the same name apart', async () => {
      const body = { name: 'M', datasetId: target.ids.foreign, modelType: 'cnn' };
      expect((await other().post('/jobs', body)).status).toBe(201);
      expect((await other().get<Page<unknown>>('/models/m/versions')).body.data).toEqual([]);
      expect((await client.get<Page<unknown>>('/models/m/versions')).body.data).toHaveLength(1);
      expect((await other().get('/models/m/versions/1.0.0')).status).toBe(404);
    });
  });
});
