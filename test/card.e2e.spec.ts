import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { testToken } from './support/client.js';
import { penguinsCsv } from './factories/penguins.factory.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, ended, startedJob, type VersionAnswer, versionsOf } from './support/training.js';
import { uploaded } from './support/uploads.js';

interface PointAnswer {
  epoch: number;
  loss: number;
  validationLoss: number;
  accuracy?: number;
}

interface CardAnswer {
  simulated: boolean;
  data: { name: string; type: string; size: number; featureCount: number; features: string[]; sha256?: string };
  training: { seed: number; hyperparameters: { epochs: number }; simulation: { seed: number } };
  curve: Record<'first' | 'last' | 'lowestLoss' | 'lowestValidationLoss', PointAnswer> & {
    highestAccuracy?: PointAnswer;
    plannedEpochs: number;
    epochs: number;
  };
  metrics: Record<string, unknown>;
  lineage: { jobId: string; retried: { id: string; status: string; errorCode?: string }[] };
  artifact: { size: number; sha256: string; state: string; format?: { name: string; version: number } };
  deployments: { count: number; last?: { reason: string; kind: string } };
}

const HOSTILE = 'P|ipes `ticks` <b>html</b> [x](y) *z* \\|';
const FORMAT = { name: 'ai-training-platform/simulated-model', version: 1 };

/** A model type for each type of dataset, and a measurement that must be on its card. */
const KINDS = [
  ['classification', 'neural_network', 'accuracy', 'Confusion matrix'],
  ['regression', 'xgboost', 'rmse', 'R²'],
  ['clustering', 'neural_network', 'silhouetteScore', 'Silhouette score'],
  ['nlp', 'transformer', 'f1Score', 'Confusion matrix'],
  ['computer_vision', 'cnn', 'precision', 'Confusion matrix'],
] as const;

describe('the card of a version', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });
  afterAll(() => platform.stop());

  const pathOf = (modelId: string) => `/models/${modelId}/versions/1.0.0/card`;
  const asJson = async (modelId: string) => (await platform.client.get<CardAnswer>(pathOf(modelId))).body;
  const asMarkdown = async (modelId: string) =>
    (await platform.client.raw('GET', pathOf(modelId), undefined, { accept: 'text/markdown' })).text;
  const modelOf = async (datasetId: string, modelId: string, run: Record<string, unknown> = {}) => {
    const jobId = await startedJob(platform.client, datasetId, { modelId, hyperparameters: { epochs: 12 }, ...run });
    expect(await ended(platform.client, jobId)).toMatchObject({ status: 'completed' });
    return jobId;
  };

  it.each(KINDS)('of %s tells what was measured, in both forms', async (type, modelType, measured, heading) => {
    const unsupervised = type === 'clustering' ? { targetColumn: undefined } : {};
    const datasetId = await createDataset(platform.client, { name: HOSTILE, type, ...unsupervised });
    const jobId = await modelOf(datasetId, `of-${type}`, { modelType });
    const card = await asJson(`of-${type}`);
    const { body: version } = await platform.client.get<VersionAnswer>(`/models/of-${type}/versions/1.0.0`);
    const { sha256, fileSize: size, metrics } = version;
    expect(card).toMatchObject({
      ...{ simulated: true, metrics, data: { name: HOSTILE, type, size: 10_000, featureCount: 4 } },
      ...{ training: { seed: 7, hyperparameters: { epochs: 12 } }, lineage: { jobId, retried: [] } },
      ...{ artifact: { sha256, size, state: 'intact', format: FORMAT }, deployments: { count: 0 } },
    });
    expect(card.metrics[measured]).toEqual(expect.any(Number));

    const rows = await platform.database.rows<PointAnswer & { accuracy: number | null }>(
      `SELECT current_epoch AS epoch, loss, validation_loss AS "validationLoss", accuracy FROM training_progress
       WHERE job_id = $1 ORDER BY current_epoch`,
      [jobId],
    );
    const { curve } = card;
    const points = rows.map(({ accuracy, ...point }) => (accuracy === null ? point : { ...point, accuracy }));
    const least = (name: 'loss' | 'validationLoss') => points.toSorted((a, b) => a[name] - b[name])[0];
    expect(curve).toMatchObject({ plannedEpochs: 12, epochs: 12, first: points[0], last: points.at(-1) });
    expect([curve.lowestLoss, curve.lowestValidationLoss]).toEqual([least('loss'), least('validationLoss')]);
    expect(curve.highestAccuracy?.accuracy).toBe(
      rows[0]!.accuracy === null ? undefined : Math.max(...rows.map(({ accuracy }) => accuracy ?? 0)),
    );

    const page = await asMarkdown(`of-${type}`);
    expect(page).toContain(`# Model card: \`of-${type}\` 1.0.0`);
    expect(page).toContain('**Simulated.**');
    expect(page).toContain(heading);
    expect(page).toContain(sha256);
    expect(page).toContain('| Dataset | ``P\\|ipes `ticks` <b>html</b> [x](y) *z* \\ \\|`` |');
    for (const part of ['P|ipes', 'undefined', 'null']) {
      expect([part, page.includes(part)]).toEqual([part, false]);
    }
  });

  it('of uploaded data names its classes and the hash of what was trained on', async () => {
    const csv = penguinsCsv();
    const { id } = await uploaded(platform.client, csv);
    await modelOf(id, 'of-penguins');
    const { data, metrics } = await asJson('of-penguins');
    expect(data.sha256).toBe(createHash('sha256').update(csv).digest('hex'));
    const page = await asMarkdown('of-penguins');
    const classes = metrics.classes as string[];
    expect(classes.length).toBeGreaterThan(1);
    expect(page).toContain(`| true \\ predicted | ${classes.map((name) => `\`${name}\``).join(' | ')} |`);
  });

  it('tells of retries, of deployments, and of a file that is gone', async () => {
    const { client } = platform;
    const failing = { faults: [{ kind: 'fail', atEpoch: 1 }], seed: 7 };
    const first = await startedJob(client, await createDataset(client), { modelId: 'again', simulation: failing });
    expect(await ended(client, first)).toMatchObject({ status: 'failed' });
    const { body: retried } = await client.post<{ id: string }>(`/jobs/${first}/retry`);
    expect(await ended(client, retried.id)).toMatchObject({ status: 'completed' });
    for (const reason of ['One.', 'Two.']) {
      await client.post('/models/again/versions/1.0.0/deploy', { reason });
    }
    const [version] = await versionsOf(client, 'again');
    rmSync(path.join(platform.artefacts, version!.filePath!));
    const card = await asJson('again');
    expect(card.lineage).toMatchObject({
      jobId: retried.id,
      retried: [{ id: first, status: 'failed', errorCode: 'simulated_failure' }],
    });
    expect(card.deployments).toMatchObject({ count: 1, last: { kind: 'deploy', reason: 'One.' } });
    expect([card.simulated, card.artifact.format]).toEqual([true, undefined]);
    expect(await asMarkdown('again')).toContain('simulated_failure');
  });

  it('comes in the form that is asked for, or not at all', async () => {
    const { client } = platform;
    await modelOf(await createDataset(client), 'formed');
    const asked = async (query: string, accept: string) => {
      const answer = await client.raw<{ code?: string }>('GET', pathOf('formed') + query, undefined, { accept });
      return [answer.status, answer.body?.code ?? answer.headers.get('content-type')];
    };
    const json = 'application/json; charset=utf-8';
    const markdown = 'text/markdown; charset=utf-8';
    expect(await asked('', '*/*')).toEqual([200, json]);
    expect(await asked('', 'text/markdown, application/json;q=0.5')).toEqual([200, markdown]);
    expect(await asked('?format=markdown', 'application/json')).toEqual([200, markdown]);
    expect(await asked('?format=json', 'text/markdown')).toEqual([200, json]);
    expect(await asked('?format=pdf', '*/*')).toEqual([400, 'validation_failed']);
    expect(await asked('', 'image/png')).toEqual([406, 'not_acceptable']);
    const stranger = client.as(testToken({ tenant: 'other' }));
    expect(await stranger.get(pathOf('formed'))).toMatchObject({ status: 404, body: { code: 'model_not_found' } });
    expect((await client.get('/models/formed/versions/2.0.0/card')).status).toBe(404);
  });
});
