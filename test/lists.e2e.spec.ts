import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { DatasetsRepository } from '../src/modules/datasets/datasets.repository.js';
import { JobsRepository } from '../src/modules/jobs/jobs.repository.js';
import { FindingRepository } from '../src/modules/models/finding/finding.repository.js';
import { ModelsRepository } from '../src/modules/models/models.repository.js';
import { manyDatasets, manyJobs } from './factories/many-rows.factory.js';
import { datasetRow, jobRow } from './factories/row.factory.js';
import type { Client } from './support/client.js';
import { connect } from './support/data-source.js';
import { type PlanNode, plansOf } from './support/plans.js';
import { TestPlatform } from './support/platform.js';
import type { Page } from './support/training.js';

interface Item {
  id: string;
  name: string;
  status: string;
  type?: string;
  modelType?: string;
  datasetId?: string;
  modelId?: string;
}

describe('lists', () => {
  let platform: TestPlatform;
  let client: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
    ({ client } = platform);
    await manyDatasets(platform.database, 'default', 120);
    await manyDatasets(platform.database, 'other', 30);
    await manyJobs(platform.database, 'default', 120);
    await manyJobs(platform.database, 'other', 30);
  });
  afterAll(() => platform.stop());

  /** Every page, as a client follows them. `between` runs after each. */
  async function pages(path: string, between: () => Promise<unknown> = async () => {}): Promise<Item[][]> {
    const all: Item[][] = [];
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? path : `${path}&cursor=${cursor}`;
      const { status, body } = await client.get<Page<Item>>(query);
      expect(status).toBe(200);
      expect(body.hasMore).toBe(body.nextCursor !== undefined);
      all.push(body.data);
      cursor = body.nextCursor;
      await between();
    } while (cursor !== undefined);
    return all;
  }
  const idsOf = (items: Item[]) => items.map(({ id }) => id);
  const idsIn = async (table: string, where = 'true') =>
    idsOf(
      await platform.database.rows<Item>(
        `SELECT id FROM ${table} WHERE tenant_id = 'default' AND ${where} ORDER BY id COLLATE "C" DESC`,
      ),
    );

  it.each([
    ['datasets', 'training_datasets', 50, [50, 50, 20]],
    ['datasets', 'training_datasets', 60, [60, 60]],
    ['datasets', 'training_datasets', 119, [119, 1]],
    ['datasets', 'training_datasets', 200, [120]],
    ['jobs', 'training_jobs', 50, [50, 50, 20]],
    ['jobs', 'training_jobs', 60, [60, 60]],
    ['jobs', 'training_jobs', 120, [120]],
    ['jobs', 'training_jobs', 1, Array.from({ length: 120 }, () => 1)],
  ])('of %s (%s) in pages of %i, newest first, with no gap and no repeat', async (path, table, limit, sizes) => {
    const all = await pages(`/${path}?limit=${limit}`);
    expect(all.map((page) => page.length)).toEqual(sizes);
    expect(idsOf(all.flat())).toEqual(await idsIn(table));
  });

  it('have 50 on a page unless told', async () => {
    expect((await client.get<Page<Item>>('/jobs')).body.data).toHaveLength(50);
  });

  it('are empty, and say so, where nothing fits', async () => {
    expect((await client.get('/jobs?modelId=none')).body).toEqual({ data: [], hasMore: false });
  });

  it('stay the same for a cursor while new rows arrive', async () => {
    const before = await idsIn('training_jobs');
    const dataset = await datasetRow(platform.database);
    const all = await pages('/jobs?limit=25', () => jobRow(platform.database, dataset, { model_id: 'late' }));
    expect(idsOf(all.flat())).toEqual(before);
    expect((await idsIn('training_jobs')).length).toBe(before.length + all.length);
    await platform.database.rows(`DELETE FROM training_jobs WHERE model_id = 'late'`);
    await platform.database.rows('DELETE FROM training_datasets WHERE id = $1', [dataset]);
  });

  it.each([
    ['datasets', 'type=nlp', `type = 'nlp'`],
    ['datasets', 'status=ready', `status = 'ready'`],
    ['datasets', 'type=nlp&type=regression', `type IN ('nlp', 'regression')`],
    ['datasets', 'status=error&status=error', `status = 'error'`],
    ['datasets', 'type=nlp&status=ready&status=error', `type = 'nlp' AND status IN ('ready', 'error')`],
    ['jobs', 'status=running', `status = 'running'`],
    ['jobs', 'status=running&status=pending', `status IN ('running', 'pending')`],
    ['jobs', 'modelType=cnn&modelType=lstm&modelType=xgboost', `model_type IN ('cnn', 'lstm', 'xgboost')`],
    ['jobs', 'modelId=model_3', `model_id = 'model_3'`],
    ['jobs', 'modelId=model_3&modelId=model_4', `model_id IN ('model_3', 'model_4')`],
    [
      'jobs',
      'modelId=model_3&status=failed&modelType=cnn',
      `model_id = 'model_3' AND status = 'failed' AND model_type = 'cnn'`,
    ],
    ['jobs', 'datasetId=dataset_000007_default', `dataset_id = 'dataset_000007_default'`],
    [
      'jobs',
      'datasetId=dataset_000007_default&datasetId=dataset_000007_other',
      `dataset_id = 'dataset_000007_default'`,
    ],
  ])('of %s filtered by %s hold what they should', async (path, query, where) => {
    const expected = await idsIn(`training_${path}`, where);
    const all = await pages(`/${path}?${query}&limit=3`);
    expect(idsOf(all.flat())).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it('takes the values of a filter in any order with the same cursor', async () => {
    const { body } = await client.get<Page<Item>>('/jobs?status=running&status=pending&limit=2');
    const answer = await client.get(`/jobs?status=pending&status=running&limit=3&cursor=${body.nextCursor}`);
    expect(answer.status).toBe(200);
  });

  describe('of 20,000 rows', () => {
    let source: DataSource;
    let pool: Pool;
    beforeAll(async () => {
      const { database } = platform;
      for (const tenant of ['a', 'b', 'c', 'd']) {
        await manyDatasets(database, tenant, 2_500);
        await manyJobs(database, tenant, 5_000);
      }
      await database.rows(
        `INSERT INTO model_versions (id, tenant_id, model_id, version, major, minor, patch, training_job_id, status)
         SELECT 'version' || substr(id, 4), tenant_id, model_id, '1.' || n || '.0', 1, n, 0, id, 'ready'
         FROM (SELECT *, row_number() OVER (PARTITION BY tenant_id, model_id ORDER BY id) AS n FROM training_jobs) AS job`,
      );
      await database.rows(
        `INSERT INTO models (tenant_id, id) SELECT 'b', 'more_' || n FROM generate_series(1, 5000) AS n`,
      );
      await database.rows('ANALYZE');
      ({ source, pool } = await connect(database));
    });
    afterAll(() => source.destroy());

    const slice = { limit: 50 };
    const after = { limit: 50, after: 'job_zzz' };
    const job = () => new JobsRepository(source, pool);
    const dataset = () => new DatasetsRepository(source);
    const model = () => new ModelsRepository(source);
    const finding = () => new FindingRepository(source);

    it.each<[string, string, () => Promise<unknown>]>([
      ['jobs', 'training_jobs', () => job().list('a', {}, slice)],
      ['jobs after a cursor', 'training_jobs', () => job().list('a', {}, after)],
      ['jobs by status', 'training_jobs', () => job().list('a', { status: ['running'] as never }, slice)],
      ['jobs by statuses', 'training_jobs', () => job().list('a', { status: ['running', 'failed'] as never }, after)],
      ['jobs by modelType', 'training_jobs', () => job().list('a', { modelType: ['cnn'] as never }, slice)],
      ['jobs by datasetId', 'training_jobs', () => job().list('a', { datasetId: ['dataset_000007_a'] }, slice)],
      ['jobs by a datasetId of nobody', 'training_jobs', () => job().list('a', { datasetId: ['none'] }, slice)],
      ['jobs by modelId', 'training_jobs', () => job().list('a', { modelId: ['model_3'] }, slice)],
      [
        'jobs by modelIds and status',
        'training_jobs',
        () => job().list('a', { modelId: ['model_3', 'model_4'], status: ['failed'] as never }, slice),
      ],
      [
        'jobs of a tenant without any',
        'training_jobs',
        () => job().list('nobody', { status: ['running'] as never }, slice),
      ],
      ['datasets', 'training_datasets', () => dataset().list('a', {}, slice)],
      ['datasets by type', 'training_datasets', () => dataset().list('a', { type: ['nlp'] as never }, slice)],
      ['datasets by status', 'training_datasets', () => dataset().list('a', { status: ['error'] as never }, slice)],
      ['models', 'models', () => finding().models('a', {}, slice)],
      ['versions of a model', 'model_versions', () => finding().versions('a', 'model_3', {}, slice)],
      [
        'versions by status',
        'model_versions',
        () => finding().versions('a', 'model_3', { status: ['deployed'] as never }, slice),
      ],
      ['a version', 'model_versions', () => model().version('a', 'model_3', { major: 1, minor: 5, patch: 0 })],
    ])('an index finds %s', async (_label, table, query) => {
      const nodes = (await plansOf(source, query)).flat();
      const onTable = nodes.filter((node: PlanNode) => node['Relation Name'] === table || node['Index Name']);
      expect(onTable.length).toBeGreaterThan(0);
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      // What was read and thrown away: a filter without an index of its own shows here.
      const wasted = nodes.reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0), 0);
      expect([wasted <= 1_000, wasted]).toEqual([true, wasted]);
    });
  });
});
