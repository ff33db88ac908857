import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { testToken } from './support/client.js';
import { EventStream } from './support/event-stream.js';
import { Metrics } from './support/metrics.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, ended, startedJob } from './support/training.js';

const EPOCHS = 7;
const BRIEF = { modelType: 'cnn', hyperparameters: { epochs: EPOCHS } };

/** Rows of docs/metrics.md: by whom, which type. */
function documented(): Map<string, { by: string; type: string; labels: string[] }> {
  const rows = new Map<string, { by: string; type: string; labels: string[] }>();
  for (const section of readFileSync('docs/metrics.md', 'utf8').split('\n## ').slice(1)) {
    const by = /^Of (an API|a worker|both)/.exec(section)?.[1] ?? '';
    for (const [, name, type, labels] of section.matchAll(/^\| `(ai_training_\w+)` +\| (\w+) +\| ([^|]*)\|/gm)) {
      rows.set(name!, { by, type: type!, labels: [...labels!.matchAll(/`(\w+)`/g)].map(([, label]) => label!) });
    }
  }
  return rows;
}

describe('the metrics', () => {
  let platform: TestPlatform;
  let api: Metrics;
  let worker: Metrics;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { METRICS_PORT: '0' } });
    [api, worker] = await Promise.all([Metrics.of(platform.apis[0]!), Metrics.of(platform.workers[0]!)]);
  });
  afterAll(() => platform.stop());

  it('are those of the page, with its types and labels, and no others', async () => {
    const { client } = platform;
    await ended(client, await startedJob(client, await createDataset(client, { type: 'computer_vision' }), BRIEF));
    const rows = documented();
    expect(rows.size).toBeGreaterThan(20);
    for (const [of, metrics] of [
      ['an API', api],
      ['a worker', worker],
    ] as const) {
      const told = await metrics.read();
      const expected = [...rows].filter(([, { by }]) => by === of || by === 'both');
      expect(told.types('ai_training_')).toEqual(
        Object.fromEntries(expected.map(([name, { type }]) => [name, type]).toSorted()),
      );
      for (const [name, labels] of told.labels('ai_training_')) {
        expect([name, labels]).toEqual([name, rows.get(name)!.labels.toSorted()]);
      }
    }
  });

  it('have the right values after a known load', async () => {
    const { client } = platform;
    const before = { api: await api.read(), worker: await worker.read() };
    const datasetId = await createDataset(client, { type: 'computer_vision' });
    const jobs = await Promise.all(Array.from({ length: 3 }, () => startedJob(client, datasetId, BRIEF)));
    for (const id of jobs) expect((await ended(client, id)).status).toBe('completed');
    expect((await client.get('/jobs/job_none')).status).toBe(404);
    const after = { api: await api.read(), worker: await worker.read() };
    const more = (of: 'api' | 'worker', name: string, labels: Record<string, string> = {}) =>
      after[of].value(name, labels) - before[of].value(name, labels);
    expect(more('worker', 'ai_training_epochs_persisted_total')).toBe(3 * EPOCHS);
    expect(more('worker', 'ai_training_runs_ended_total', { outcome: 'completed', model_type: 'cnn' })).toBe(3);
    expect(more('worker', 'ai_training_run_duration_seconds_count', { model_type: 'cnn' })).toBe(3);
    expect(more('worker', 'ai_training_model_accuracy_count', { model_type: 'cnn' })).toBe(3);
    expect(more('worker', 'ai_training_pickup_delay_seconds_count', { queue: 'training' })).toBe(3);
    expect(more('worker', 'ai_training_recorder_commit_rows_sum')).toBeGreaterThanOrEqual(3 * EPOCHS);
    expect(after.worker.value('ai_training_runs_active')).toBe(0);
    const start = { method: 'POST', route: '/v1/ai-training/jobs/:id/start', status: '202' };
    expect(more('api', 'ai_training_http_request_duration_seconds_count', start)).toBe(3);
    const missing = { method: 'GET', route: '/v1/ai-training/jobs/:id', status: '404' };
    expect(more('api', 'ai_training_http_request_duration_seconds_count', missing)).toBe(1);
    const dispatched = ['api', 'worker'] as const;
    const delays = dispatched.map((of) => more(of, 'ai_training_dispatch_delay_seconds_count', { queue: 'training' }));
    expect(delays[0]! + delays[1]!).toBe(3);
  });

  it('tell of the platform what its rows say', async () => {
    const { client } = platform;
    const datasetId = await createDataset(client, { type: 'computer_vision' });
    const long = { ...BRIEF, hyperparameters: { epochs: 1_000 }, simulation: { epochMs: 1_000 } };
    const jobs = await Promise.all(Array.from({ length: 2 }, () => startedJob(client, datasetId, long)));
    await eventually(async () => {
      const told = await api.read();
      return told.value('ai_training_jobs_unfinished', { phase: 'training' }) === 2;
    }, 'both train');
    const told = await api.read();
    const [{ ready }] = (await platform.database.rows<{ ready: string }>(
      `SELECT count(*) AS ready FROM training_datasets WHERE status = 'ready'`,
    )) as [{ ready: string }];
    expect(told.value('ai_training_datasets', { status: 'ready' })).toBe(Number(ready));
    expect(told.value('ai_training_workers_alive')).toBe(1);
    expect(told.value('ai_training_worker_slots')).toBe(10);
    for (const component of ['database', 'queue', 'workers']) {
      expect(told.value('ai_training_component_healthy', { component })).toBe(1);
    }
    expect((await worker.read()).value('ai_training_runs_active')).toBe(2);
    await Promise.all(jobs.map((id) => client.post(`/jobs/${id}/cancel`)));
    for (const id of jobs) await ended(client, id);
    const { modelType: model_type } = BRIEF;
    const cancelled = (await worker.read()).value('ai_training_runs_ended_total', { outcome: 'cancelled', model_type });
    expect(cancelled).toBe(2);
  });

  it('count requests whose sender has left, streams and what waited behind them among them', async () => {
    const { client } = platform;
    const route = '/v1/ai-training/jobs/stream';
    const name = 'ai_training_http_request_duration_seconds_count';
    const before = (await api.read()).value(name, { method: 'GET', route, status: '200' });
    const stream = await EventStream.open(client.origin, '/jobs/stream');
    expect((await api.read()).value('ai_training_streams_open')).toBe(1);
    stream.cut();
    const { port, hostname } = new URL(client.origin);
    const socket = connect(Number(port), hostname).on('error', () => {});
    const head = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${testToken()}\r\n\r\n`;
    socket.write(head(route) + head('/v1/ai-training/datasets').repeat(3));
    await eventually(async () => (await api.read()).value('ai_training_http_requests_in_flight') >= 4, 'all are there');
    socket.destroy();
    await eventually(async () => {
      const told = await api.read();
      const isCounted = told.value(name, { method: 'GET', route, status: '200' }) === before + 2;
      return isCounted && told.value('ai_training_http_requests_in_flight') === 0;
    }, 'all are counted, and none is left');
    expect((await api.read()).value('ai_training_streams_open')).toBe(0);
  });

  it('stand beside the probes of each process, and beside nothing else', async () => {
    for (const asked of [api, worker]) {
      expect(await asked.ask('/livez')).toEqual([200, { status: 'ok' }]);
      expect(await asked.ask('/readyz')).toEqual([200, { status: 'ok', database: 'healthy', queue: 'healthy' }]);
      expect((await asked.ask('/health'))[0]).toBe(404);
      expect((await asked.ask('/metrics', 'POST'))[0]).toBe(405);
    }
    expect((await platform.client.as(null).get('//metrics')).status).toBe(404);
  });
});
