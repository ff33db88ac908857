import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXAMPLE_DATASET } from './factories/dataset.factory.js';
import { EXAMPLE_JOB } from './factories/job.factory.js';
import { TestPlatform } from './support/platform.js';
import { ended, getProgress, reachesEpoch, versionsOf, type Page } from './support/training.js';

describe('the original sequence', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });
  afterAll(() => platform.stop());

  it('goes from dataset to model version with no waiting in between', async () => {
    const { client } = platform;
    const dataset = await client.post<{ id: string }>('/datasets', EXAMPLE_DATASET);
    expect(dataset.status).toBe(201);
    expect(dataset.headers.get('location')).toBe(`/v1/ai-training/datasets/${dataset.body.id}`);
    const job = await client.post<{ id: string }>('/jobs', { ...EXAMPLE_JOB, datasetId: dataset.body.id });
    expect(job.status).toBe(201);
    const start = await client.post(`/jobs/${job.body.id}/start`);
    expect(start.status).toBe(202);
    const before = await client.get(`/jobs/${job.body.id}/progress`);
    expect(before.status).toBe(200);
    const versions = await client.get<Page<unknown>>('/models/customer_segmentation_model/versions');
    expect(versions.status).toBe(200);

    const during = await reachesEpoch(client, job.body.id, 5);
    expect(during).toMatchObject({
      jobId: job.body.id,
      totalEpochs: 100,
      totalBatches: 219,
      loss: expect.any(Number) as number,
      validationLoss: expect.any(Number) as number,
      accuracy: expect.any(Number) as number,
      learningRate: 0.001,
    });

    const done = await ended(client, job.body.id);
    expect(done).toMatchObject({ status: 'completed', phase: 'done', progress: 100, attempt: 1 });
    expect(Object.keys(done.metrics!).toSorted()).toEqual([
      'accuracy',
      'batchSize',
      'confusionMatrix',
      'epochs',
      'f1Score',
      'featureImportance',
      'learningRate',
      'loss',
      'precision',
      'recall',
      'validationLoss',
    ]);
    expect(await getProgress(client, job.body.id)).toMatchObject({ status: 'completed', currentEpoch: 100 });

    const [version] = await versionsOf(client, 'customer_segmentation_model');
    expect(version).toMatchObject({ version: '1.0.0', status: 'ready', trainingJobId: job.body.id });
    expect(version!.metrics).toEqual(done.metrics);
    expect(version!.performance!.accuracy).toBe(done.metrics!.accuracy);
    const one = await client.get('/models/customer_segmentation_model/versions/1.0.0');
    expect(one.body).toEqual(version);

    const file = readFileSync(path.join(platform.artefacts, version!.filePath!));
    expect(file.byteLength).toBe(version!.fileSize);
    expect(createHash('sha256').update(file).digest('hex')).toBe(version!.sha256);
  });

  it('carries the request id of the start into the worker’s lines', async () => {
    const { client } = platform;
    const dataset = await client.post<{ id: string }>('/datasets', { ...EXAMPLE_DATASET, name: 'Traced' });
    const job = await client.post<{ id: string }>('/jobs', {
      name: 'Traced',
      datasetId: dataset.body.id,
      modelType: 'neural_network',
      hyperparameters: { epochs: 2 },
    });
    await client.raw('POST', `/jobs/${job.body.id}/start`, undefined, { 'x-request-id': 'trace-me-through' });
    await ended(client, job.body.id);
    const lines = platform.workers[0]!.logs().filter((line) => line.jobId === job.body.id);
    expect(lines.map((line) => line.msg)).toEqual(expect.arrayContaining(['Training started', 'Job completed']));
    expect(new Set(lines.map((line) => line.requestId))).toEqual(new Set(['trace-me-through']));
  });
});
