import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { COMPATIBILITY } from '../src/modules/jobs/hyperparameters/compatibility.js';
import { type Answer, testToken } from './support/client.js';
import { becomes, type Health } from './support/health.js';
import { TestPlatform } from './support/platform.js';
import { refusal } from './support/problem.js';
import { fileOf, trained, versionPath } from './support/registry.js';
import {
  createDataset,
  ended,
  type JobAnswer,
  type Page,
  reachesPhase,
  startedJob,
  type VersionAnswer,
  versionsOf,
} from './support/training.js';
import { uploaded } from './support/uploads.js';

interface Verdict {
  reproducible: boolean;
  firstDifference?: Record<string, unknown>;
  jobId: string;
  storedArtifact: string;
}
type Verification = JobAnswer & { kind: string; verifies?: string; version?: string; verdict?: Verdict };
type Verified = VersionAnswer & { verdict?: Verdict; verifiedAt?: string; artifactState?: string };

const EVERY_KIND = Object.entries(COMPATIBILITY).flatMap(([modelType, fits]) =>
  Object.keys(fits).map((type) => ({ modelType, type })),
);
/** Runs that were not as quiet as the usual one. */
const TROUBLED = {
  'early stopping': { configuration: { earlyStopping: { enabled: true, patience: 2, minDelta: 0.01 } } },
  'a curve that plateaus': { simulation: { faults: [{ kind: 'plateau', atEpoch: 3 }] } },
  'a curve that diverges late': { simulation: { faults: [{ kind: 'overfit', atEpoch: 4 }] } },
  'a failure that passed': { simulation: { faults: [{ kind: 'transient_failure', atEpoch: 5, attempts: 2 }] } },
  'a lost worker': { simulation: { epochMs: 20, faults: [{ kind: 'crash', atEpoch: 6 }] } },
};

describe('verification', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 2, environment: { ARTIFACT_CHECK_INTERVAL_MS: '0' } });
  });
  afterAll(() => platform.stop());

  const verify = (modelId: string, version = '1.0.0', client = platform.client) =>
    client.post<Verification>(`${versionPath(modelId, version)}/verify`);
  const verified = async (modelId: string, version = '1.0.0'): Promise<Verification> => {
    const { status, body, text } = await verify(modelId, version);
    expect([status, text]).toEqual([202, text]);
    return (await ended(platform.client, body.id)) as Verification;
  };
  const versionOf = async (modelId: string, version = '1.0.0') =>
    (await platform.client.get<Verified>(versionPath(modelId, version))).body;

  it('finds every kind of simulated model reproducible', async () => {
    const { client } = platform;
    const types = [...new Set(EVERY_KIND.map(({ type }) => type))];
    const datasets = new Map<string, string>();
    for (const type of types) datasets.set(type, await createDataset(client, { type }));
    const run = ({ modelType, type }: (typeof EVERY_KIND)[number]) =>
      startedJob(client, datasets.get(type)!, {
        modelType,
        modelId: `${modelType}_${type}`,
        hyperparameters: {},
        simulation: { epochMs: 0 },
      });
    const jobs = await Promise.all(EVERY_KIND.map(run));
    for (const id of jobs) expect(await ended(client, id)).toMatchObject({ status: 'completed' });
    const verifications = await Promise.all(EVERY_KIND.map(({ modelType, type }) => verified(`${modelType}_${type}`)));
    expect(verifications.length).toBeGreaterThan(20);
    for (const { status, verdict } of verifications) {
      expect([status, verdict?.reproducible, verdict?.firstDifference]).toEqual(['completed', true, undefined]);
    }
  });

  it.each(Object.entries(TROUBLED))('finds a model reproducible after %s', async (name, overrides) => {
    const modelId = name.replaceAll(' ', '_');
    const datasetId = await createDataset(platform.client);
    const simulation = { seed: 11, ...('simulation' in overrides && overrides.simulation) };
    const run = { modelId, hyperparameters: { epochs: 12 }, ...overrides, simulation };
    const job = await ended(platform.client, await startedJob(platform.client, datasetId, run));
    expect(job.status).toBe('completed');
    const verification = await verified(modelId);
    expect(verification).toMatchObject({
      kind: 'verification',
      version: '1.0.0',
      status: 'completed',
      metrics: job.metrics,
      verdict: { reproducible: true, storedArtifact: 'intact', jobId: verification.id },
    });
    expect(await versionOf(modelId)).toMatchObject({ verdict: verification.verdict, artifactState: 'intact' });
    // One was lost to its fault.
    if (name === 'a lost worker') await platform.addWorker();
  });

  it('makes no version, and is told from trainings in lists', async () => {
    await trained(platform.client, 'counted', 1);
    const { id, verifies } = await verified('counted');
    const versions = await versionsOf(platform.client, 'counted');
    expect(versions.map((version) => [version.id, version.version])).toEqual([[verifies, '1.0.0']]);
    const listed = async (kind: string) =>
      (await platform.client.get<Page<Verification>>(`/jobs?modelId=counted&kind=${kind}`)).body.data;
    expect((await listed('verification')).map((job) => job.id)).toEqual([id]);
    expect((await listed('training')).map((job) => job.kind)).toEqual(['training']);
    expect(refusal(await platform.client.delete(`/jobs/${id}`))).toEqual([409, 'job_in_use']);
    const { id: newer } = await verified('counted');
    expect((await platform.client.delete(`/jobs/${id}`)).status).toBe(204);
    expect((await versionOf('counted')).verdict).toMatchObject({ reproducible: true, jobId: newer });
  });

  it('says where a training first went another way', async () => {
    const [version] = await trained(platform.client, 'forged', 1);
    await platform.database.rows(
      'UPDATE training_progress SET validation_loss = 0.123 WHERE job_id = $1 AND current_epoch = 1',
      [version!.trainingJobId],
    );
    const { verdict } = await verified('forged');
    expect(verdict).toMatchObject({
      reproducible: false,
      firstDifference: { what: 'progress', epoch: 1, series: 'validationLoss', expected: 0.123 },
    });
    expect((await versionOf('forged')).verdict).toEqual(verdict);
  });

  it('tells a model file that was changed by hand or is gone, and health says so until it is back', async () => {
    await trained(platform.client, 'tampered', 1);
    const file = fileOf(platform, await versionOf('tampered'));
    const bytes = readFileSync(file);
    await becomes(platform.client, 'healthy');

    writeFileSync(file, bytes.toString().replace('"seed": 7', '"seed": 8'));
    const damaged = await verified('tampered');
    expect(damaged.verdict).toMatchObject({
      reproducible: false,
      firstDifference: { what: 'stored_artifact' },
      storedArtifact: 'damaged',
    });
    const { body } = await becomes(platform.client, 'degraded');
    expect(body.components.artifacts.detail).toBe('model files are damaged or missing: tampered 1.0.0');
    const stranger = platform.client.as(testToken({ tenant: 'other' }));
    expect((await stranger.get<Health>('/health')).body.components.artifacts.status).toBe('healthy');
    expect(await versionOf('tampered')).toMatchObject({ artifactState: 'damaged' });

    rmSync(file);
    expect((await verified('tampered')).verdict).toMatchObject({ reproducible: false, storedArtifact: 'missing' });

    writeFileSync(file, bytes);
    expect((await verified('tampered')).verdict).toMatchObject({ reproducible: true, storedArtifact: 'intact' });
    const health: Answer<Health> = await becomes(platform.client, 'healthy');
    expect(health.body.components.artifacts.detail).toBeUndefined();
  });

  it('reads the data again, and tells where they were changed or are gone', async () => {
    const { client } = platform;
    const rows = Array.from({ length: 60 }, (_, index) => `${index},${index % 2 ? 'yes' : 'no'}`);
    const file = `age,label\n${rows.join('\n')}\n`;
    const { id: datasetId, status } = await uploaded(client, file, { targetColumn: 'label' });
    expect(status).toBe('ready');
    const run = { modelId: 'uploaded', modelType: 'xgboost', hyperparameters: { epochs: 3 } };
    await ended(client, await startedJob(client, datasetId, run));
    expect((await verified('uploaded')).verdict).toMatchObject({ reproducible: true });

    const [row] = await platform.database.rows<{ key: string }>(
      'SELECT content_key AS key FROM training_datasets WHERE id = $1',
      [datasetId],
    );
    const content = path.join(platform.folder, 'datasets', row!.key);
    writeFileSync(content, file.replace('yes', 'YES'));
    const { verdict } = await verified('uploaded');
    expect(verdict).toMatchObject({ reproducible: false, firstDifference: { what: 'dataset' } });
    expect(Object.keys(verdict!.firstDifference!).toSorted()).toEqual(['actual', 'expected', 'what']);
    rmSync(content);
    const { firstDifference } = (await verified('uploaded')).verdict!;
    expect([firstDifference!.what, firstDifference!.actual]).toEqual(['dataset', undefined]);
  });

  it('can be cancelled and tried again, and stays a verification', async () => {
    const run = { modelId: 'patient', hyperparameters: { epochs: 3 }, simulation: { seed: 3, epochMs: 400 } };
    const datasetId = await createDataset(platform.client);
    await ended(platform.client, await startedJob(platform.client, datasetId, run));
    const { body } = await verify('patient');
    await reachesPhase(platform.client, body.id, 'training');
    await platform.client.post(`/jobs/${body.id}/cancel`);
    expect(await ended(platform.client, body.id)).toMatchObject({ status: 'cancelled' });
    expect((await versionOf('patient')).verdict).toBeUndefined();
    const again = await platform.client.post<Verification>(`/jobs/${body.id}/retry`, {});
    expect(again.body).toMatchObject({ kind: 'verification', retryOf: body.id, version: '1.0.0' });
    expect(await ended(platform.client, again.body.id)).toMatchObject({ verdict: { reproducible: true } });
    expect(await versionsOf(platform.client, 'patient')).toHaveLength(1);
  });

  it('is for those whose version it is', async () => {
    await trained(platform.client, 'mine', 1);
    const stranger = platform.client.as(testToken({ tenant: 'other' }));
    expect(refusal(await verify('mine', '1.0.0', stranger))).toEqual([404, 'model_not_found']);
    expect(refusal(await verify('mine', '2.0.0'))).toEqual([404, 'version_not_found']);
    expect(refusal(await verify('mine', 'latest'))).toEqual([400, 'invalid_version']);
  });
});

describe('the watch over model files', () => {
  it('finds a file that was changed by hand without being asked', async () => {
    const platform = await TestPlatform.start({ environment: { ARTIFACT_CHECK_INTERVAL_MS: '200' } });
    try {
      const [version] = await trained(platform.client, 'watched', 1);
      const file = fileOf(platform, version!);
      const bytes = readFileSync(file);
      writeFileSync(file, 'something else');
      const { body } = await becomes(platform.client, 'degraded');
      expect(body.components.artifacts.status).toBe('unhealthy');
      writeFileSync(file, bytes);
      await becomes(platform.client, 'healthy');
    } finally {
      await platform.stop();
    }
  });
});
