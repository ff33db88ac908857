import fc from 'fast-check';
import { type Answer, FakeApi, type StreamPlan, streamOf } from './fake-api.contract.js';
import { follow, type FollowOptions } from './follow.js';
import { followJob } from './job-stream.js';
import { RestClient } from './rest-client.js';

const PATH = '/jobs/job_1/progress/stream';
const numbers = (count: number): StreamPlan['events'] =>
  Array.from({ length: count }, (_, index) => ['progress', { epoch: index + 1, note: 'größer 🦊' }]);

describe('follow', () => {
  let api: FakeApi;
  afterEach(() => api.close());

  const clientOf = async (answer: Answer, signal = new AbortController().signal) => {
    api = new FakeApi({ [`GET ${PATH}`]: answer });
    return new RestClient(await api.listen(), 'a.b.c', signal);
  };
  const read = async (answer: Answer, options: FollowOptions = { after: '0' }) => {
    const client = await clientOf(answer);
    const epochs: number[] = [];
    for await (const { data } of follow(client, PATH, options)) {
      epochs.push((JSON.parse(data) as { epoch: number }).epoch);
    }
    return epochs;
  };
  /** One answer after the other, the last one for ever. */
  const inTurn =
    (...answers: Exclude<Answer, unknown[] | undefined>[]): Answer =>
    (request, response) =>
      (answers.length > 1 ? answers.shift()! : answers[0]!)(request, response);
  const refusal =
    (status: number, headers = {}, body: unknown = {}) =>
    (_: unknown, response: Parameters<Exclude<Answer, unknown[] | undefined>>[1]) =>
      void response.writeHead(status, headers).end(JSON.stringify(body));
  const stream = (plan: StreamPlan) => streamOf(plan) as Exclude<Answer, unknown[] | undefined>;

  it('asks for everything from the beginning, and then only for what comes after the last event', async () => {
    expect(await read(streamOf({ events: numbers(3), cuts: [130] }))).toEqual([1, 2, 3]);
    expect(api.asked.map(({ line, headers }) => [line, headers['last-event-id'], headers.authorization])).toEqual([
      [`GET ${PATH}?after=0`, undefined, 'Bearer a.b.c'],
      [`GET ${PATH}`, '1', 'Bearer a.b.c'],
      [`GET ${PATH}`, '3', 'Bearer a.b.c'],
    ]);
  });

  it('leaves the beginning to the server unless told', async () => {
    expect(await read(streamOf({ events: numbers(1) }), {})).toEqual([1]);
    expect(api.asked[0]!.line).toBe(`GET ${PATH}`);
  });

  it('has neither a gap nor a repeat, wherever the connection breaks', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.integer({ min: 10, max: 2_000 }), { maxLength: 20 }),
      async (cuts) => {
        expect(await read(streamOf({ events: numbers(30), cuts }))).toEqual([...numbers(30).keys()].map((n) => n + 1));
        api.close();
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it('waits where it is asked to, and tells once that the connection is lost and once that it is back', async () => {
    const told: (string | undefined)[] = [];
    const answer = inTurn(
      stream({ events: numbers(2), cuts: [130] }),
      refusal(503, { 'retry-after': '0' }, { title: 'Service unavailable' }),
      refusal(429, { 'retry-after': '0' }),
      refusal(502),
      stream({ events: numbers(2) }),
    );
    expect(await read(answer, { after: '0', onConnection: (lost) => told.push(lost) })).toEqual([1, 2]);
    // The last one is the end of the stream, which only the answer to the next request tells from a breach.
    expect(told).toEqual(['other side closed', undefined, 'the server ended it']);
  });

  it.each<[Exclude<Answer, unknown[] | undefined>, string]>([
    [
      refusal(404, {}, { detail: 'There is no job job_1', code: 'job_not_found' }),
      'There is no job job_1 (job_not_found)',
    ],
    [refusal(401), `GET ${PATH} was answered with 401`],
    [refusal(200, { 'content-type': 'text/html' }), 'no stream of events'],
  ])('ends with what trying again would not mend', async (answer, message) => {
    await expect(read(answer)).rejects.toThrow(message);
    expect(api.asked).toHaveLength(1);
  });

  it('takes a silent connection for a dead one', async () => {
    const silent = (_: unknown, response: Parameters<Exclude<Answer, unknown[] | undefined>>[1]) =>
      void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 0\n\n');
    const told: (string | undefined)[] = [];
    const answer = inTurn(silent, stream({ events: numbers(1) }));
    const options = { after: '0', silenceLimitMs: 50, onConnection: (lost?: string) => void told.push(lost) };
    expect(await read(answer, options)).toEqual([1]);
    expect(told[0]).toBe('nothing came for 0.05 s');
  });

  it('is given up at once, connected or waiting', async () => {
    const interrupt = new AbortController();
    const client = await clientOf(inTurn(stream({ events: numbers(1), retryMs: 60_000 })), interrupt.signal);
    const epochs = follow(client, PATH, { onConnection: () => interrupt.abort(new Error('interrupted')) });
    await epochs.next();
    await expect(epochs.next()).rejects.toThrow('interrupted');
    await expect(follow(client, PATH, {}).next()).rejects.toThrow('interrupted');
  });
});

describe('followJob', () => {
  let api: FakeApi;
  afterEach(() => api.close());

  const read = async (events: StreamPlan['events']) => {
    api = new FakeApi({ [`GET ${PATH}`]: streamOf({ events }) });
    const client = new RestClient(await api.listen(), 'a.b.c', new AbortController().signal);
    const names: string[] = [];
    for await (const { name } of followJob(client, 'job_1')) names.push(name);
    return names;
  };

  it('ends with done, and passes over what it does not know', async () => {
    const events: StreamPlan['events'] = [
      ['progress', {}],
      ['weather', {}],
      ['batch', {}],
      ['done', {}],
    ];
    expect(await read(events)).toEqual(['progress', 'batch', 'done']);
    expect(api.asked).toHaveLength(1);
  });

  it('says so when there is no end to come', async () => {
    await expect(read([['progress', {}]])).rejects.toThrow('The stream of job_1 ended, and the job did not');
  });
});
