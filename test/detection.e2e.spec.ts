import { alertsOf, raises } from './support/alerts.js';
import type { Client } from './support/client.js';
import { EventStream } from './support/event-stream.js';
import { TestPlatform } from './support/platform.js';
import {
  createDataset,
  createJob,
  ended,
  getJob,
  reachesEpoch,
  reachesPhase,
  startedJob,
  startJob,
} from './support/training.js';

/** Detectors were tuned on seeds below 100,000. */
const UNSEEN_SEED = 2_000_000;

describe('what is wrong with a run', () => {
  let platform: TestPlatform;
  let client: Client;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { WORKER_CONCURRENCY: '8' } });
    ({ client } = platform);
    datasetId = await createDataset(client);
  });

  afterAll(() => platform.stop());

  /** Alerts of one rule, oldest first: a run that diverges loses its accuracy as well. */
  const raisedBy = async (rule: string, jobId: string) =>
    (await alertsOf(client, jobId)).filter((alert) => alert.rule === rule);

  const run = (faults: object[], overrides: Record<string, unknown> = {}) => {
    const { epochs = 80, epochMs = 0, seed = UNSEEN_SEED, ...rest } = overrides;
    return startedJob(client, datasetId, {
      hyperparameters: { epochs },
      simulation: { epochMs, seed, faults },
      ...rest,
    });
  };

  it.each([
    ['diverge', 'divergence', 20, 5],
    ['plateau', 'plateau', 20, 20],
    ['overfit', 'overfitting', 20, 20],
    ['accuracy_drop', 'accuracy_drop', 20, 5],
  ])('%s raises %s', async (kind, rule, atEpoch, within) => {
    const jobId = await run([{ kind, atEpoch }]);
    await ended(client, jobId);
    const alerts = await alertsOf(client, jobId);
    const alert = alerts.find((candidate) => candidate.rule === rule)!;
    expect(alert).toMatchObject({
      kind: rule,
      action: 'notify',
      state: 'resolved',
      resolution: 'job_ended',
      attempt: 1,
    });
    expect(alert.epoch).toBeGreaterThan(atEpoch);
    expect(alert.epoch).toBeLessThanOrEqual(atEpoch + within);
    expect(alert.detail).toMatch(/\d/);
    expect(typeof alert.observed).toBe('number');
  });

  it('slow_epochs raises slow_epochs', async () => {
    const jobId = await run([{ kind: 'slow_epochs', atEpoch: 10 }], { epochs: 14, epochMs: 80 });
    await ended(client, jobId);
    const [alert] = await alertsOf(client, jobId);
    expect(alert).toMatchObject({ rule: 'slow_epochs', epoch: 12 });
    expect(alert!.observed).toBeGreaterThan(alert!.bound!);
  });

  it.each([
    ['fail', 'failed', 'attempt_failed'],
    ['transient_failure', 'completed', 'attempt_failed'],
  ])('%s raises attempt_failed', async (kind, status) => {
    const jobId = await run([{ kind, atEpoch: 5 }], { epochs: 10 });
    expect((await ended(client, jobId)).status).toBe(status);
    const alerts = await alertsOf(client, jobId);
    const outcome =
      status === 'failed' ? { state: 'firing' } : { state: 'resolved', resolution: 'recovered', resolvedEpoch: 5 };
    expect(alerts).toEqual([expect.objectContaining({ rule: 'attempt_failed', epoch: 4, attempt: 1, ...outcome })]);
  });

  it.each(['crash', 'out_of_memory'])('%s raises stalled_worker, until the next one gets on', async (kind) => {
    const jobId = await run([{ kind, atEpoch: 5 }], { epochs: 10 });
    await platform.workers.at(-1)!.ended;
    const [, alert] = await Promise.all([platform.addWorker(), raises(client, jobId, 'stalled_worker')]);
    expect(alert.attempt).toBe(1);
    expect((await ended(client, jobId)).status).toBe('completed');
    expect(await alertsOf(client, jobId)).toEqual([
      expect.objectContaining({ rule: 'stalled_worker', epoch: 4, state: 'resolved', resolution: 'recovered' }),
    ]);
  });

  it('an engine that says nothing raises stalled_worker long before it is given up', async () => {
    const jobId = await run([{ kind: 'stall', atEpoch: 5 }], {
      epochs: 10,
      alerts: { stalledWorker: { patienceMs: 1_000 } },
    });
    const alert = await raises(client, jobId, 'stalled_worker', 4);
    expect(alert).toMatchObject({ state: 'firing', bound: 1_000 });
    expect((await getJob(client, jobId)).status).toBe('running');
    await client.post(`/jobs/${jobId}/cancel`);
    expect((await ended(client, jobId)).status).toBe('cancelled');
  });

  it('is told by the stream, in its place', async () => {
    const jobId = await run([{ kind: 'diverge', atEpoch: 20 }], { epochs: 40 });
    const stream = await EventStream.open(client.origin, `/jobs/${jobId}/progress/stream?after=0`);
    const events = await stream.all();
    const [alert] = await raisedBy('divergence', jobId);
    const fired = events.findIndex(({ name, data }) => name === 'alert' && data.id === alert!.id);
    expect(events[fired]!.data).toMatchObject({ rule: 'divergence', state: 'firing', epoch: alert!.epoch });
    const told = events.slice(0, fired).filter(({ name }) => name === 'progress').length;
    expect(told).toBe(alert!.epoch);
  });

  it.each([
    ['pause', 'paused'],
    ['cancel', 'cancelled'],
  ])('can %s the run', async (action, phase) => {
    const jobId = await run([{ kind: 'diverge', atEpoch: 10 }], {
      epochs: 2_000,
      epochMs: 5,
      alerts: { divergence: { action } },
    });
    if (action === 'cancel') expect((await ended(client, jobId)).status).toBe('cancelled');
    else await reachesPhase(client, jobId, phase);
    const [alert] = await raisedBy('divergence', jobId);
    expect(alert).toMatchObject({ action });
    if (action === 'cancel') return;
    // Whoever lets it go on has seen it: it is not paused again for the same thing.
    await client.post(`/jobs/${jobId}/resume`);
    await reachesEpoch(client, jobId, alert!.epoch + 60);
    expect((await getJob(client, jobId)).phase).toBe('training');
    await client.post(`/jobs/${jobId}/cancel`);
    await ended(client, jobId);
    expect(await raisedBy('divergence', jobId)).toHaveLength(1);
  });

  it('is put on record once, whatever becomes of the worker', async () => {
    const faults = [
      { kind: 'diverge', atEpoch: 20 },
      ...[22, 24, 25, 26, 40].map((atEpoch) => ({ kind: 'transient_failure', atEpoch })),
    ];
    const jobId = await run(faults, { epochs: 60, configuration: { maxAttempts: 10 } });
    expect((await ended(client, jobId)).status).toBe('completed');
    const divergences = await raisedBy('divergence', jobId);
    const undisturbed = await run([{ kind: 'diverge', atEpoch: 20 }], { epochs: 60 });
    await ended(client, undisturbed);
    const expected = await raisedBy('divergence', undisturbed);
    expect(expected).toHaveLength(1);
    const figures = ({ epoch, observed, bound, detail }: (typeof expected)[number]) => ({
      epoch,
      observed,
      bound,
      detail,
    });
    expect(divergences.map(figures)).toEqual(expected.map(figures));
  });

  it('can be what a rule of the job’s own says', async () => {
    const rules = [
      { name: 'loss_low', metric: 'loss', kind: 'threshold', below: 1e6, patience: 4 },
      { name: 'rate_changes', metric: 'learningRate', kind: 'change', below: -0.5, window: 3, patience: 1 },
      { name: 'never', metric: 'accuracy', kind: 'threshold', above: 1 },
      { name: 'spike', metric: 'loss', kind: 'z_score', above: 5, window: 10, patience: 1 },
    ];
    const jobId = await run([{ kind: 'diverge', atEpoch: 60 }], {
      hyperparameters: { epochs: 90, learningRateSchedule: 'step' },
      alerts: { divergence: { enabled: false }, rules },
    });
    await ended(client, jobId);
    const alerts = await alertsOf(client, jobId);
    expect(alerts.filter(({ kind }) => kind === 'custom').map(({ rule, epoch }) => [rule, epoch])).toEqual(
      expect.arrayContaining([
        ['loss_low', 4],
        ['rate_changes', 31],
      ]),
    );
    const names = alerts.map(({ rule }) => rule);
    expect(names).not.toContain('never');
    expect(names).not.toContain('divergence');
    expect(names).toContain('spike');
  });

  it('is not looked for where nobody wants to know', async () => {
    const jobId = await run(
      [
        { kind: 'diverge', atEpoch: 10 },
        { kind: 'fail', atEpoch: 30 },
      ],
      {
        alerts: { enabled: false },
      },
    );
    await ended(client, jobId);
    expect(await alertsOf(client, jobId)).toEqual([]);
  });

  it('goes with a job that is tried again, and acts no second time', async () => {
    const jobId = await run([{ kind: 'diverge', atEpoch: 10 }], {
      epochs: 200,
      epochMs: 5,
      alerts: { divergence: { action: 'cancel' } },
    });
    expect((await ended(client, jobId)).status).toBe('cancelled');
    const again = await client.post<{ id: string }>(`/jobs/${jobId}/retry`);
    expect((await ended(client, again.body.id)).status).toBe('completed');
    const actions = (await raisedBy('divergence', again.body.id)).map(({ action }) => action);
    expect(actions).toEqual(['notify']);
  });

  it.each([
    [{ divergence: { ratio: 0.5 } }, '/alerts/divergence/ratio'],
    [{ plateau: { patience: 0 } }, '/alerts/plateau/patience'],
    [{ plateau: [] }, '/alerts/plateau'],
    [{ unknown: {} }, '/alerts/unknown'],
    [{ overfitting: { action: 'explode' } }, '/alerts/overfitting/action'],
    [{ stalledWorker: { patienceMs: 10 } }, '/alerts/stalledWorker/patienceMs'],
    [{ rules: [{ name: 'a', metric: 'loss', kind: 'threshold' }] }, '/alerts/rules/0/above'],
    [{ rules: [{ name: 'plateau', metric: 'loss', kind: 'threshold', above: 1 }] }, '/alerts/rules/0/name'],
    [{ rules: [{ name: 'a', metric: 'loss', kind: 'threshold', above: 1, below: 2 }] }, '/alerts/rules/0/above'],
    [{ rules: [{ name: 'A b', metric: 'loss', kind: 'threshold', above: 1 }] }, '/alerts/rules/0/name'],
    [{ rules: [null] }, '/alerts/rules'],
  ])('cannot be asked for as %j', async (alerts, pointer) => {
    const answer = await client.post<{ errors: { pointer: string }[] }>('/jobs', {
      ...{ name: 'x', datasetId, modelType: 'cnn' },
      alerts,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error) => error.pointer)).toContain(pointer);
  });

  it('shows what is watched for, and keeps it until it is replaced', async () => {
    const jobId = await createJob(client, datasetId, { alerts: { plateau: { window: 8 } } });
    const job = async () => (await client.get<{ alerts: Record<string, object> }>(`/jobs/${jobId}`)).body.alerts;
    expect(await job()).toMatchObject({ enabled: true, plateau: { window: 8, patience: 3 }, divergence: { ratio: 2 } });
    await client.patch(`/jobs/${jobId}`, { name: 'Another name' });
    expect(await job()).toMatchObject({ plateau: { window: 8 } });
    await client.patch(`/jobs/${jobId}`, { alerts: { enabled: false } });
    expect(await job()).toMatchObject({ enabled: false, plateau: { window: 5 } });
    await startJob(client, jobId);
  });
});
