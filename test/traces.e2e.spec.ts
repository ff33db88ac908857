import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { RELEASE } from '../src/metrics/release.js';
import { BASE_PATH, type Client, testToken } from './support/client.js';
import { Collector, type Span } from './support/collector.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, createJob, datasetSettled, ended, getJob, reachesEpoch } from './support/training.js';

const START = `POST ${BASE_PATH}/jobs/:id/start`;
const LONG = { hyperparameters: { epochs: 60 }, simulation: { seed: 42, epochMs: 50 } };
/** Tried again once, and then for good. */
const FAILING = {
  simulation: {
    seed: 7,
    faults: [
      { kind: 'transient_failure', atEpoch: 3 },
      { kind: 'fail', atEpoch: 6, attempts: 2 },
    ],
  },
};

/** A trace that a client has begun. */
function clientTrace(flags = '01') {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, header: `00-${traceId}-${spanId}-${flags}` };
}

/** Starts a job as a client does who traces. */
async function startTraced(client: Client, jobId: string, traceparent: string): Promise<void> {
  const answer = await client.raw('POST', `/jobs/${jobId}/start`, undefined, { traceparent });
  expect(answer.status).toBe(202);
}

const named = (spans: Span[], name: string) => spans.filter((span) => span.name === name);
const epochsOf = (spans: Span[]) =>
  named(spans, 'epoch').map(({ attributes }) => Number(attributes['ai_training.epoch']));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const rising = (numbers: number[]) => numbers.toSorted((a, b) => a - b);
const outcomes = (spans: Span[]) =>
  named(spans, 'run')
    .toSorted((a, b) => Number(a.attributes['ai_training.attempt']) - Number(b.attributes['ai_training.attempt']))
    .map(({ attributes }) => attributes['ai_training.run.outcome']);

describe('traces', () => {
  let collector: Collector;
  let platform: TestPlatform;
  let datasetId: string;

  beforeAll(async () => {
    collector = await Collector.start();
    platform = await TestPlatform.start({ workers: 2, environment: collector.variables });
    datasetId = await createDataset(platform.client);
    // A job that has waited for its dataset is dispatched under a second generation.
    await datasetSettled(platform.client, datasetId);
  });
  afterAll(async () => {
    await platform.stop();
    await collector.stop();
  });

  const trainTraced = async (overrides: Record<string, unknown> = {}, trace = clientTrace()) => {
    const jobId = await createJob(platform.client, datasetId, overrides);
    await startTraced(platform.client, jobId, trace.header);
    return { ...trace, jobId };
  };
  const rowOf = async (jobId: string) =>
    (await platform.database.rows<{ trace: string }>('SELECT trace_parent AS trace FROM training_jobs WHERE id = $1', [jobId]))[0]!.trace; // prettier-ignore

  it("continue a client's trace from the request through the queue to the write of each epoch", async () => {
    const { jobId, traceId, spanId } = await trainTraced();
    await ended(platform.client, jobId);
    const spans = await collector.trace(traceId, (all) => all.length >= 25);
    const of = (name: string) => named(spans, name);
    const [start] = of(START);
    const [dispatch] = of('dispatch');
    const [run] = of('run');
    expect(start).toMatchObject({
      parentSpanId: spanId,
      kind: 2,
      attributes: {
        'http.request.method': 'POST',
        'http.route': `${BASE_PATH}/jobs/:id/start`,
        'url.path': `${BASE_PATH}/jobs/${jobId}/start`,
        'http.response.status_code': 202,
      },
      resource: { 'service.name': 'ai-training-api', 'service.version': RELEASE },
    });
    expect(dispatch).toMatchObject({
      parentSpanId: start!.spanId,
      kind: 4,
      attributes: { 'messaging.destination.name': 'training', 'messaging.message.id': `${jobId}-g1` },
    });
    expect(run).toMatchObject({
      parentSpanId: start!.spanId,
      kind: 5,
      attributes: {
        'ai_training.job.id': jobId,
        'ai_training.attempt': 1,
        'ai_training.model.type': 'neural_network',
        'ai_training.worker.id': expect.stringMatching(/^worker_/) as string,
        'ai_training.run.outcome': 'completed',
      },
      resource: { 'service.name': 'ai-training-worker' },
    });
    expect(epochsOf(spans)).toEqual(upTo(10));
    for (const epoch of of('epoch')) {
      expect(epoch.parentSpanId).toBe(run!.spanId);
      const [write, ...others] = of('write').filter(({ parentSpanId }) => parentSpanId === epoch.spanId);
      expect(others).toEqual([]);
      expect(write!.attributes).toEqual({
        'ai_training.epoch': epoch.attributes['ai_training.epoch'],
        'db.operation.batch.size': expect.any(Number) as number,
      });
      expect(write!.events.map(({ name }) => name)).toEqual(['sent']);
    }
    for (const name of ['save artefact', 'complete']) expect(of(name)[0]!.parentSpanId).toBe(run!.spanId);
    expect(spans).toHaveLength(25);
    expect(spans.filter(({ status }) => status.code === 2)).toEqual([]);
    expect(await rowOf(jobId)).toBe(`00-${traceId}-${start!.spanId}-01`);
    const lines = platform.workers.flatMap((worker) => worker.logs()).filter((line) => line.jobId === jobId);
    expect(new Set(lines.map((line) => line.traceId))).toEqual(new Set([traceId]));
  });

  it('tell of nobody: no token, no subject, no tenant, no query, no command line; nor is the audit about them', async () => {
    const client = platform.client.as(testToken({ sub: 'somebody-in-particular', tenant: 'tenant-in-particular' }));
    const mine = await createDataset(client);
    const { header, traceId } = clientTrace();
    const jobId = await createJob(client, mine);
    await client.raw('POST', `/jobs/${jobId}/start?secret-query=1`, undefined, { traceparent: header });
    await startTraced(client, jobId, header);
    await ended(client, jobId);
    const spans = await collector.trace(traceId, (all) => named(all, 'run').length === 1);
    const said = JSON.stringify(spans);
    for (const secret of ['in-particular', 'secret-query', 'Bearer', 'dist/main.js', '127.0.0.1']) {
      expect(said).not.toContain(secret);
    }
    const entries = await client.get('/audit?limit=200');
    expect(entries.text).toContain('jobs_start');
    expect(entries.text).not.toMatch(/trace_?parent/i);
  });

  it('stay one when a worker is killed and another goes on', async () => {
    const { jobId, traceId } = await trainTraced(LONG);
    await reachesEpoch(platform.client, jobId, 10);
    const killed = await platform.holderOf(jobId);
    // What was not sent yet is lost with the worker, and tells nobody that it is.
    await collector.trace(traceId, (all) => epochsOf(all).includes(10));
    killed.kill('SIGKILL');
    await platform.addWorker();
    expect(await ended(platform.client, jobId)).toMatchObject({ status: 'completed', attempt: 2 });
    const spans = await collector.trace(traceId, (all) => named(all, 'run').length === 1);
    const [run] = named(spans, 'run');
    expect(run!.parentSpanId).toBe(named(spans, START)[0]!.spanId);
    expect(run!.attributes['ai_training.attempt']).toBe(2);
    const second = named(spans, 'epoch').filter(({ parentSpanId }) => parentSpanId === run!.spanId);
    const first = named(spans, 'epoch').filter(({ parentSpanId }) => parentSpanId !== run!.spanId);
    expect(epochsOf(first)).toEqual(upTo(first.length));
    expect(epochsOf(second)).toEqual(upTo(60).slice(-second.length));
    expect(new Set(first.map(({ parentSpanId }) => parentSpanId)).size).toBe(1);
    expect(first.length).toBeGreaterThanOrEqual(10);
  });

  it('stay one when a worker hands its run back, without a gap, and over a pause', async () => {
    // Who starts meanwhile would come too late.
    await platform.addWorker();
    const { jobId, traceId } = await trainTraced(LONG);
    await reachesEpoch(platform.client, jobId, 10);
    const kept = await rowOf(jobId);
    const holder = await platform.holderOf(jobId);
    await holder.stop();
    expect((await holder.ended).code).toBe(0);
    await eventually(async () => (await getJob(platform.client, jobId)).attempt === 2, 'another has it');
    await reachesEpoch(platform.client, jobId, 30);
    await platform.client.post(`/jobs/${jobId}/pause`);
    await collector.trace(traceId, (all) => named(all, 'run').length === 2);
    const resume = clientTrace();
    await platform.client.raw('POST', `/jobs/${jobId}/resume`, undefined, { traceparent: resume.header });
    expect(await ended(platform.client, jobId)).toMatchObject({ status: 'completed', attempt: 3 });
    const spans = await collector.trace(traceId, (all) => named(all, 'run').length === 3);
    expect(outcomes(spans)).toEqual(['handed_back', 'handed_back', 'completed']);
    const written = named(spans, 'epoch').filter(({ attributes }) => !attributes['ai_training.run.stopped']);
    expect(rising(epochsOf(written))).toEqual(upTo(60));
    expect(await rowOf(jobId)).toBe(kept);
    expect(collector.of(resume.traceId).map(({ name }) => name)).toEqual([`POST ${BASE_PATH}/jobs/:id/resume`]);
  });

  it('tell why an attempt failed, and a retry is in the trace of its own request', async () => {
    const { jobId, traceId } = await trainTraced(FAILING);
    const failed = await ended(platform.client, jobId);
    const spans = await collector.trace(traceId, (all) => named(all, 'run').length === 2);
    expect(outcomes(spans)).toEqual(['retried', 'failed']);
    const runs = named(spans, 'run').map(({ status, attributes }) => [status.code, attributes['error.type']]);
    expect(runs).toContainEqual([2, failed.errorCode]);
    expect(runs.every(([code]) => code === 2)).toBe(true);
    expect(epochsOf(spans)).toEqual(upTo(5));
    const again = clientTrace();
    const { body } = await platform.client.raw<{ id: string }>('POST', `/jobs/${jobId}/retry`, '{"from":"start"}', {
      traceparent: again.header,
    });
    await ended(platform.client, body.id);
    const retried = await collector.trace(again.traceId, (all) => named(all, 'run').length === 1);
    expect(named(retried, 'run')[0]!.parentSpanId).toBe(named(retried, `POST ${BASE_PATH}/jobs/:id/retry`)[0]!.spanId);
  });

  it('begin anew where no trace can be read, and refuse nobody for it', async () => {
    const { traceId, spanId, header } = clientTrace();
    const ask = async (id: string, traceparent: string | string[]) => {
      const asked = request(`${platform.client.origin}${BASE_PATH}/datasets?limit=1`, {
        headers: { authorization: `Bearer ${testToken()}`, 'x-request-id': id, traceparent },
      }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    const unreadable: (string | string[])[] = [
      'x',
      '',
      header.toUpperCase(),
      `00-${'0'.repeat(32)}-${spanId}-01`,
      `00-${traceId}-${'0'.repeat(16)}-01`,
      `ff-${traceId}-${spanId}-01`,
      `${header}-more`,
      `01-${traceId}-${spanId}-01-${'x'.repeat(10_000)}`,
      [header, header],
    ];
    for (const [index, traceparent] of unreadable.entries()) {
      const id = `unreadable-${index}`;
      expect([traceparent, await ask(id, traceparent)]).toEqual([traceparent, 200]);
      const isIt = (line: Record<string, unknown>) => line.msg === 'request' && line.requestId === id;
      const line = await eventually(() => platform.apis[0]!.logs().find(isIt), `the line of ${id}`);
      const [span] = await collector.trace(String(line.traceId), (all) => all.length === 1);
      expect(span!.name).toBe(`GET ${BASE_PATH}/datasets`);
      expect([undefined, '']).toContain(span!.parentSpanId);
      expect(span!.traceId).not.toBe(traceId);
    }
    // A version to come may say more.
    expect(await ask('version-to-come', `01-${traceId}-${spanId}-01-more`)).toBe(200);
    await collector.trace(traceId, ([span]) => span?.parentSpanId === spanId);
  });

  it('have no probe, and survive what is no URL', async () => {
    const { header, traceId } = clientTrace();
    for (const path of ['//livez', '//readyz', '//v1/%zz', '//nowhere', '/datasets/dataset_none']) {
      await platform.client.raw('GET', path, undefined, { traceparent: header });
    }
    const spans = await collector.trace(traceId, (all) => all.length === 2);
    expect(spans.map(({ name, status }) => [name, status.code])).toEqual([
      ['GET', 0],
      [`GET ${BASE_PATH}/datasets/:id`, 0],
    ]);
  });

  it('tell of a stream when it is over', async () => {
    const { header, traceId, jobId } = await trainTraced();
    await ended(platform.client, jobId);
    const name = `GET ${BASE_PATH}/jobs/:id/progress/stream`;
    const leaving = new AbortController();
    const stream = await fetch(`${platform.client.origin}${BASE_PATH}/jobs/stream`, {
      headers: { authorization: `Bearer ${testToken()}`, traceparent: header },
      signal: leaving.signal,
    });
    expect(stream.status).toBe(200);
    await platform.client.raw('GET', `/jobs/${jobId}/progress/stream`, undefined, { traceparent: header });
    await collector.trace(traceId, (all) => named(all, name).length === 1);
    expect(named(collector.of(traceId), `GET ${BASE_PATH}/jobs/stream`)).toEqual([]);
    leaving.abort();
    await collector.trace(traceId, (all) => named(all, `GET ${BASE_PATH}/jobs/stream`).length === 1);
  });

  it('leave out what its client does not sample, also in workers, and it trains all the same', async () => {
    const { jobId, traceId } = await trainTraced({}, clientTrace('00'));
    expect(await ended(platform.client, jobId)).toMatchObject({ status: 'completed' });
    expect(await rowOf(jobId)).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    // Whoever ends sends what is left.
    await Promise.all([...platform.workers, ...platform.apis].map((process) => process.stop()));
    expect(collector.of(traceId)).toEqual([]);
  });
});

describe('without traces', () => {
  it.each([
    ['no variable', {}],
    ['OTEL_SDK_DISABLED', { OTEL_SDK_DISABLED: 'TRUE' }],
    ['OTEL_TRACES_EXPORTER=none', { OTEL_TRACES_EXPORTER: 'none' }],
  ])('(%s) nothing is sent, and jobs belong to none', async (_, variables) => {
    const collector = await Collector.start();
    const told = Object.keys(variables).length > 0 ? collector.variables : {};
    const platform = await TestPlatform.start({ environment: { ...told, ...variables } });
    const { client, database } = platform;
    const jobId = await createJob(client, await createDataset(client));
    await startTraced(client, jobId, clientTrace().header);
    expect(await ended(client, jobId)).toMatchObject({ status: 'completed' });
    expect(await database.rows('SELECT trace_parent FROM training_jobs')).toEqual([{ trace_parent: null }]);
    const lines = [...platform.apis, ...platform.workers].flatMap((process) => process.logs());
    expect(lines.filter((line) => 'traceId' in line || 'traceParent' in line)).toEqual([]);
    await platform.stop();
    expect(collector.heard).toEqual([]);
    await collector.stop();
  });
});

describe('a collector that is not there', () => {
  it.each([
    ['answers nothing', true],
    ['is dead', false],
  ])('and %s holds nothing up, and is told of once', async (_, isSilent) => {
    const collector = await Collector.start({ isSilent });
    if (!isSilent) await collector.stop();
    const platform = await TestPlatform.start({ environment: { ...collector.variables, SHUTDOWN_TIMEOUT_MS: '5000' } });
    const { client } = platform;
    const jobId = await createJob(client, await createDataset(client), LONG);
    await startTraced(client, jobId, clientTrace().header);
    expect(await ended(client, jobId)).toMatchObject({ status: 'completed' });
    const all = [...platform.apis, ...platform.workers];
    await Promise.all(all.map((process) => process.stop()));
    for (const process of all) {
      expect(await process.ended).toEqual({ code: 0, signal: null });
      const told = process.logs().filter(({ context }) => context === 'Traces');
      expect(told.filter(({ msg }) => msg === 'Trouble with traces').length).toBeLessThanOrEqual(1);
      expect(told.at(-1)).toMatchObject({ level: 'warn', msg: 'The last spans were not sent' });
      expect(process.lines.filter((line) => !line.startsWith('{'))).toEqual([]);
    }
    if (isSilent) expect(collector.heard.length).toBeGreaterThan(0);
    await platform.stop();
    if (isSilent) await collector.stop();
  });
});
