import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { EXAMPLE_JOB } from './factories/job.factory.js';
import { Target, WRITES } from './support/bad-input.js';
import { type Answer, BASE_PATH, type Client, testToken } from './support/client.js';
import { fingerprint } from './support/fingerprint.js';
import * as hostile from './support/hostile.js';
import { notAProblem, type ProblemAnswer } from './support/problem.js';

describe('bad input around the body', () => {
  let target: Target;
  let client: Client;
  let before: unknown;

  beforeAll(async () => {
    target = await Target.start();
    ({ client } = target);
  });
  afterAll(() => target.platform.stop());
  beforeEach(async () => {
    before = await fingerprint(target.platform.database);
  });
  afterEach(async () => expect(await fingerprint(target.platform.database)).toEqual(before));

  const problem = (answer: Answer<unknown>) => answer.body as ProblemAnswer;

  it('in a path finds nothing, on every operation', async () => {
    const faults: string[] = [];
    const operations = target.api.operations.filter(({ path }) => path.includes('{'));
    expect(operations.length).toBeGreaterThanOrEqual(10);
    for (const { method, path, body } of operations) {
      const write = WRITES.find(([verb, name]) => verb === method && path.endsWith(name));
      for (const id of hostile.HOSTILE_IDS) {
        const place = path.replace(/\{[^}]+\}/, () => id);
        // A client resolves `..` itself: what it asks for is another operation, and a valid one.
        if (new URL(client.origin + place).pathname === `${BASE_PATH}/alerts`) continue;
        const text = body && JSON.stringify(target.valid(write![2]));
        const fault = notAProblem(await client.raw(method, `/${target.filled(place)}`, text));
        if (fault) faults.push(`${method} ${place.slice(0, 80)}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('in a query is refused, on every list', async () => {
    const faults: string[] = [];
    expect(target.lists).toHaveLength(11);
    for (const list of target.lists) {
      const { path, parameters } = list;
      const filters = parameters.filter((entry) => entry.in === 'query' && !['limit', 'cursor'].includes(entry.name));
      for (const query of [
        ...hostile.HOSTILE_QUERIES,
        hostile.tooManyAtOnce(list),
        ...filters.flatMap(hostile.hostileFilters),
      ]) {
        const answer = await client.get(`/${target.filled(path)}?${query}`);
        const fault = notAProblem(answer) ?? (answer.status === 400 ? null : `${answer.status}`);
        if (fault) faults.push(`${path}?${query.slice(0, 60)}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it.each(hostile.PROPERTIES)('in a query by the name of %s is refused, on every list', async (name) => {
    for (const { path } of target.lists) {
      const answer = await client.get(`/${target.filled(path)}?${name}=1`);
      expect([path, notAProblem(answer)]).toEqual([path, null]);
    }
  });

  it('does not get a cursor past the list, the filters and the tenant it was made for', async () => {
    const { nextCursor: cursor } = (await client.get<{ nextCursor: string }>('/jobs?limit=1&status=pending')).body;
    expect((await client.get(`/jobs?limit=1&status=pending&cursor=${cursor}`)).status).toBe(200);
    const other = client.as(testToken({ tenant: 'other' }));
    const flipped = (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1);
    for (const [asker, query] of [
      [client, `/jobs?cursor=${cursor}`],
      [client, `/jobs?status=running&cursor=${cursor}`],
      [client, `/jobs?status=pending&modelType=cnn&cursor=${cursor}`],
      [client, `/datasets?cursor=${cursor}`],
      [client, `/models?cursor=${cursor}`],
      [client, `/models/m/versions?status=ready&cursor=${cursor}`],
      [client, `/jobs?status=pending&cursor=${flipped}`],
      [client, `/jobs?status=pending&cursor=${cursor}=`],
      [client, `/jobs?status=pending&cursor=${cursor}%0A`],
      [client, `/jobs?status=pending&cursor=${cursor.slice(0, -3)}`],
      [other, `/jobs?status=pending&cursor=${cursor}`],
    ] as const) {
      const answer = await asker.get(query);
      expect([query, notAProblem(answer), problem(answer).code]).toEqual([query, null, 'invalid_cursor']);
    }
  });

  it.each<[string, string, unknown, number, string]>([
    ['POST', '/jobs', { ...EXAMPLE_JOB, datasetId: 'dataset_none' }, 404, 'dataset_not_found'],
    ['POST', '/jobs', { ...EXAMPLE_JOB, datasetId: '{foreign}' }, 404, 'dataset_not_found'],
    ['PATCH', '/jobs/{spare}', { datasetId: '{foreign}' }, 404, 'dataset_not_found'],
    ['PATCH', '/jobs/{queued}', { name: 'late' }, 409, 'job_not_editable'],
    ['PATCH', '/jobs/{completed}', { name: 'late' }, 409, 'job_not_editable'],
    ['PATCH', '/datasets/{ready}', { size: 5 }, 409, 'dataset_immutable'],
    ['PATCH', '/datasets/{ready}', { name: 'a', targetColumn: 'b' }, 409, 'dataset_immutable'],
    ['PATCH', '/datasets/{upload}', { metadata: { source: 'CRM', format: 'csv' } }, 409, 'dataset_source_fixed'],
    ['PATCH', '/datasets/{inError}', { type: 'nlp' }, 409, 'dataset_type_in_use'],
    ['POST', '/jobs/{queued}/start', undefined, 409, 'job_already_started'],
    ['POST', '/jobs/{completed}/start', undefined, 409, 'job_already_started'],
    ['POST', '/jobs/{failed}/start', undefined, 409, 'job_already_started'],
    ['POST', '/jobs/{cancelled}/start', undefined, 409, 'job_already_started'],
    ['POST', '/jobs/{ofError}/start', undefined, 409, 'dataset_in_error'],
    ['POST', '/jobs/{completed}/cancel', undefined, 409, 'job_not_cancellable'],
    ['POST', '/jobs/{failed}/cancel', undefined, 409, 'job_not_cancellable'],
    ['POST', '/jobs/{foreignJob}/start', undefined, 404, 'job_not_found'],
    ['POST', '/jobs/{foreignJob}/cancel', undefined, 404, 'job_not_found'],
    ['GET', '/models/m/versions/1.0', undefined, 400, 'invalid_version'],
    ['GET', '/models/m/versions/2147483648.0.0', undefined, 400, 'invalid_version'],
    ['GET', '/models/m/versions/01.0.0', undefined, 400, 'invalid_version'],
    ['GET', '/models/m/versions/9.9.9', undefined, 404, 'version_not_found'],
    ['GET', '/models/none/versions/1.0.0', undefined, 404, 'model_not_found'],
    ['GET', '/hyperparameters/svm', undefined, 404, 'model_type_not_found'],
    ['PUT', '/jobs', {}, 404, 'route_not_found'],
    ['DELETE', '/hyperparameters/cnn', undefined, 404, 'route_not_found'],
  ])('%s %s with %j is a %i %s', async (method, path, body, status, code) => {
    const named = (text: string) => text.replace(/\{(\w+)\}/g, (_match, name: string) => target.ids[name]!);
    const answer = await client.raw(method, named(path), body === undefined ? undefined : named(JSON.stringify(body)));
    expect([notAProblem(answer), answer.status, problem(answer).code]).toEqual([null, status, code]);
    const told = [typeof problem(answer).currentStatus, Array.isArray(problem(answer).allowed)];
    expect(told).toEqual(status === 409 ? ['string', true] : ['undefined', false]);
  });

  it('without a length is cut off with a 413 as soon as it is too large', async () => {
    const { port } = new URL(client.origin);
    const headers = { authorization: `Bearer ${testToken()}`, 'content-type': 'application/json' };
    const request = http.request({ port, method: 'POST', path: `${BASE_PATH}/datasets`, headers });
    request.on('error', () => {});
    request.write('{"name":"');
    // Never ended: a server that closes on a sender still at work may lose its own answer.
    request.write('x'.repeat(1_048_576));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(response.statusCode).toBe(413);
    expect(response.headers['content-type']).toContain('application/problem+json');
    request.destroy();
  });

  const CHUNKED = 'POST /livez HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n';
  it.each([
    ['a request line that is none', 'HELLO\r\n\r\n'],
    ['a header of 16 kB', `GET /livez HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(16_500)}\r\n\r\n`],
    ['two lengths', 'POST /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a length and chunks', `${CHUNKED}Content-Length: 1\r\n\r\n0\r\n\r\n`],
    ['a chunk that is none', `${CHUNKED}\r\nzz\r\n`],
  ])('on the wire, %s, is a 4xx and harms nobody', async (_label, bytes) => {
    const socket = net.connect(Number(new URL(client.origin).port), '127.0.0.1');
    let text = '';
    socket.on('error', () => {}).on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.write(bytes);
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).toMatch(/\r\ncontent-type: application\/problem\+json/i);
    expect((await client.get('//livez')).status).toBe(200);
  });
});
