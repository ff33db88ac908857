import type { DataSource } from 'typeorm';
import { ComparisonRepository } from '../src/modules/models/comparison/comparison.repository.js';
import { progressRows } from './factories/progress.factory.js';
import { datasetRow, jobRow, versionRow } from './factories/row.factory.js';
import { type Client, testToken } from './support/client.js';
import { connect } from './support/data-source.js';
import { plansOf } from './support/plans.js';
import { TestPlatform } from './support/platform.js';
import { notAProblem, type ProblemAnswer } from './support/problem.js';
import { createDataset, createJob, ended, startedJob, versionsOf } from './support/training.js';

interface Series {
  loss: (number | null)[];
  validationLoss: (number | null)[];
  accuracy?: (number | null)[];
}

interface ComparisonAnswer {
  subjects: Record<string, unknown>[];
  differences: Record<'hyperparameters' | 'configuration' | 'data' | 'simulation', Record<string, unknown[]>>;
  metrics: { metric: string; better: string; values: (number | null)[]; winners: number[] }[];
  curves: { epochs: number[]; series: Series[] };
  warnings: { code: string; detail: string }[];
}

describe('comparing', () => {
  let platform: TestPlatform;
  let client: Client;
  /** Three runs of one model, the last one of another type of data. */
  let jobs: string[];
  let datasets: string[];

  beforeAll(async () => {
    platform = await TestPlatform.start();
    ({ client } = platform);
    datasets = [await createDataset(client), await createDataset(client, { type: 'regression' })];
    const [classes, numbers] = datasets as [string, string];
    const run = (seed: number, epochs: number, more = {}) => ({
      ...{ modelId: 'compared', simulation: { seed }, hyperparameters: { epochs, learningRate: 0.001 * seed } },
      ...more,
    });
    jobs = [];
    for (const [dataset, body] of [
      [classes, run(1, 3)],
      [classes, run(2, 5, { configuration: { maxAttempts: 5, earlyStopping: { enabled: true, patience: 7 } } })],
      [numbers, run(2, 5)],
    ] as const) {
      const id = await startedJob(client, dataset, body);
      await ended(client, id);
      jobs.push(id);
    }
  });
  afterAll(() => platform.stop());

  const compared = async (path: string) => {
    const { status, body, text } = await client.get<ComparisonAnswer>(path);
    if (status !== 200) throw new Error(text);
    return body;
  };
  const problem = async (path: string, asker = client) => {
    const answer = await asker.get<ProblemAnswer>(path);
    expect([path, notAProblem(answer as never)]).toEqual([path, null]);
    return answer.body;
  };

  it('puts versions side by side, in the order in which they are asked for', async () => {
    const { subjects, differences, metrics, curves, warnings } = await compared(
      '/models/compared/compare?versions=1.1.0,1.0.0',
    );
    const subject = {
      kind: 'training',
      modelId: 'compared',
      modelType: 'neural_network',
      datasetId: datasets[0],
      status: 'completed',
    };
    expect(subjects).toEqual([
      { ...subject, jobId: jobs[1], version: '1.1.0', seed: 2 },
      { ...subject, jobId: jobs[0], version: '1.0.0', seed: 1 },
    ]);
    expect(differences).toEqual({
      hyperparameters: { epochs: [5, 3], learningRate: [0.002, 0.001] },
      configuration: {
        ...{ 'earlyStopping.enabled': [true, false], 'earlyStopping.patience': [7, 10] },
        maxAttempts: [5, 3],
      },
      data: {},
      simulation: { seed: [2, 1] },
    });
    const versions = await versionsOf(client, 'compared');
    const measured = [versions[1]!.metrics!, versions[2]!.metrics!] as Record<string, number>[];
    const accuracy = metrics.find(({ metric }) => metric === 'accuracy')!;
    expect(accuracy).toMatchObject({ better: 'higher', values: measured.map((entry) => entry.accuracy) });
    const [one, other] = accuracy.values as [number, number];
    expect(accuracy.winners).toEqual(one === other ? [0, 1] : [one > other ? 0 : 1]);
    expect(curves.epochs).toEqual([1, 2, 3, 4, 5]);
    for (const series of [curves.series[0]!.loss, curves.series[0]!.validationLoss, curves.series[0]!.accuracy]) {
      expect(series).toEqual(Array.from({ length: 5 }, () => expect.any(Number)));
    }
    expect(curves.series[1]!.loss.slice(3)).toEqual([null, null]);
    expect(warnings.map(({ code }) => code)).toEqual(['data_unverified']);
  });

  it('puts jobs side by side, and says what makes them hard to compare', async () => {
    const { subjects, differences, metrics, curves, warnings } = await compared(
      `/jobs/compare?jobs=${jobs[0]}&jobs=${jobs[2]}`,
    );
    expect(subjects.map(({ jobId }) => jobId)).toEqual([jobs[0], jobs[2]]);
    expect(differences.data).toMatchObject({ datasetId: datasets, type: ['classification', 'regression'] });
    expect(metrics.find(({ metric }) => metric === 'rmse')).toMatchObject({
      ...{ better: 'lower', values: [null, expect.any(Number)], winners: [] },
    });
    expect(curves.series[1]).not.toHaveProperty('accuracy');
    expect(warnings.map(({ code }) => code)).toEqual(['dataset_type_differs', 'data_differs', 'data_unverified']);
  });

  it('knows uploads by their content', async () => {
    const { database } = platform;
    const contents = ['aa', 'aa', 'bb'].map((digits) => digits.repeat(32));
    const ids = await Promise.all(
      contents.map(async (sha256) => {
        const id = await jobRow(database, datasets[0]!, { status: 'completed', phase: 'done', model_id: 'uploads' });
        await database.rows('UPDATE training_jobs SET started_at = now(), dataset_sha256 = $2 WHERE id = $1', [
          id,
          sha256,
        ]);
        return id;
      }),
    );
    expect((await compared(`/jobs/compare?jobs=${ids[0]},${ids[1]}`)).warnings).toEqual([]);
    const { subjects, differences, warnings } = await compared(`/jobs/compare?jobs=${ids.join(',')}`);
    expect(subjects.map(({ datasetSha256 }) => datasetSha256)).toEqual(contents);
    expect(differences.data).toEqual({ sha256: contents });
    expect(warnings.map(({ code }) => code)).toEqual(['data_differs']);
  });

  it('takes runs that are under way, and none that have not begun', async () => {
    const early = await createJob(client, datasets[0]!, { modelId: 'early' });
    const refused = await problem(`/jobs/compare?jobs=${jobs[0]},${early}`);
    expect(refused).toMatchObject({ code: 'job_not_begun', status: 409, currentStatus: 'pending' });
    const running = await jobRow(platform.database, datasets[0]!, { model_id: 'early' });
    await platform.database.rows(
      `UPDATE training_jobs SET status = 'failed', phase = 'done', started_at = now() WHERE id = $1`,
      [running],
    );
    const { metrics, warnings } = await compared(`/jobs/compare?jobs=${jobs[0]},${running}`);
    expect(metrics.every(({ values, winners }) => values[1] === null && winners.length === 0)).toBe(true);
    expect(warnings.map(({ code }) => code)).toContain('not_completed');
  });

  describe('long runs', () => {
    const LENGTHS = [
      [1, 30_000],
      [1, 12_345],
      [7, 29_999],
    ] as const;
    let ids: string[];
    let source: DataSource;
    beforeAll(async () => {
      ids = [];
      for (const [from, to] of LENGTHS) {
        const id = await jobRow(platform.database, datasets[0]!, {
          model_id: 'long',
          phase: 'done',
          status: 'completed',
        });
        await platform.database.rows('UPDATE training_jobs SET started_at = now() WHERE id = $1', [id]);
        await progressRows(platform.database, id, from, to);
        ids.push(id);
      }
      await platform.database.rows('ANALYZE training_progress');
      ({ source } = await connect(platform.database));
    });
    afterAll(() => source.destroy());

    it('have at most 1,000 epochs, the same for all, with the first and last of each', async () => {
      const { curves } = await compared(`/jobs/compare?jobs=${ids.join(',')}`);
      const { epochs, series } = curves;
      expect(epochs.length).toBeLessThanOrEqual(1_000);
      expect(epochs.length).toBeGreaterThan(900);
      expect(epochs).toEqual([...new Set(epochs)].toSorted((a, b) => a - b));
      expect(epochs).toEqual(expect.arrayContaining([...LENGTHS.flat()]));
      const widest = Math.max(...epochs.slice(1).map((epoch, index) => epoch - epochs[index]!));
      expect(widest).toBeLessThan(35);
      for (const [index, [from, to]] of LENGTHS.entries()) {
        const expected = epochs.map((epoch) => (epoch >= from && epoch <= to ? 1 / epoch : null));
        expect(series[index]!.loss).toEqual(expected);
        expect(series[index]).not.toHaveProperty('accuracy');
      }
    });

    it.each([998, 999, 1_000, 1_001, 1_002])('of %i epochs have them all up to 1,000', async (length) => {
      const pair = await Promise.all([0, 1].map(() => jobRow(platform.database, datasets[0]!, { model_id: 'long' })));
      await platform.database.rows('UPDATE training_jobs SET started_at = now() WHERE id = ANY($1)', [pair]);
      await progressRows(platform.database, pair[0]!, 1, length);
      const { curves } = await compared(`/jobs/compare?jobs=${pair.join(',')}`);
      if (length <= 1_000) expect(curves.epochs).toHaveLength(length);
      expect(curves.epochs.length).toBeLessThanOrEqual(1_000);
      expect([curves.epochs[0], curves.epochs.at(-1)]).toEqual([1, length]);
      expect(curves.series[1]!.loss.every((value) => value === null)).toBe(true);
    });

    it('are read by their index, and only where an epoch was chosen', async () => {
      const nodes = (await plansOf(source, () => new ComparisonRepository(source).curves('default', ids))).flat();
      expect(nodes.filter((node) => node['Relation Name'] === 'training_progress').length).toBeGreaterThan(0);
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      const removed = nodes.reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0), 0);
      expect([removed < 5_000, removed]).toEqual([true, removed]);
    });
  });

  const versions = (list: string) => `/models/compared/compare?versions=${list}`;
  const eleven = Array.from({ length: 11 }, (_, n) => `1.${n}.0`).join(',');
  it.each<[string, number, string]>([
    ['/models/compared/compare', 400, 'validation_failed'],
    [versions(''), 400, 'validation_failed'],
    [versions('1.0.0'), 400, 'validation_failed'],
    [versions('1.0.0,1.0.0'), 400, 'validation_failed'],
    [versions('1.0.0&versions=1.0.0'), 400, 'validation_failed'],
    [versions(eleven), 400, 'validation_failed'],
    [versions('1.0.0,1.1.0&jobs=a'), 400, 'validation_failed'],
    [versions('1.0.0,%001'), 400, 'validation_failed'],
    [versions('1.0.0,1.1'), 400, 'invalid_version'],
    [versions('1.0.0,'), 400, 'invalid_version'],
    [versions('1.0.0,2147483648.0.0'), 400, 'invalid_version'],
    [versions('1.0.0,9.0.0'), 404, 'version_not_found'],
    ['/models/none/compare?versions=1.0.0,1.1.0', 404, 'model_not_found'],
    ['/jobs/compare', 400, 'validation_failed'],
    ['/jobs/compare?jobs=a', 400, 'validation_failed'],
    ['/jobs/compare?jobs=a,a', 400, 'validation_failed'],
    ['/jobs/compare?jobs=a,b,c,d,e,f,g,h,i,j,k', 400, 'validation_failed'],
    ['/jobs/compare?jobs[]=a&jobs[]=b', 400, 'validation_failed'],
    ['/jobs/compare?jobs=a,b', 404, 'job_not_found'],
    ['/jobs/compare?jobs=a,%2e%2e%2f', 404, 'job_not_found'],
  ])('refuses %s with a %i %s', async (path, status, code) => {
    expect(await problem(path)).toMatchObject({ status, code });
  });

  it('shows nothing of another tenant', async () => {
    const theirs = await datasetRow(platform.database, { tenant_id: 'other' });
    const job = await jobRow(platform.database, theirs, { tenant_id: 'other', model_id: 'compared' });
    await platform.database.rows('UPDATE training_jobs SET started_at = now() WHERE id = $1', [job]);
    await versionRow(platform.database, job);
    expect((await problem(`/jobs/compare?jobs=${jobs[0]},${job}`)).code).toBe('job_not_found');
    const other = client.as(testToken({ tenant: 'other' }));
    expect((await problem(`/jobs/compare?jobs=${jobs[0]},${job}`, other)).code).toBe('job_not_found');
    expect((await problem('/models/compared/compare?versions=1.0.0,1.1.0', other)).code).toBe('version_not_found');
  });
});
