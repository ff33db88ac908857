import { migrate } from '../src/database/migrate.js';
import { datasetRow, jobRow, versionRow } from './factories/row.factory.js';
import { testDatabase, type TestDatabase } from './support/database.js';

/** What is kept of each model, beside what its versions say. */
const LABELS = `
  SELECT DISTINCT tenant_id, model_id, label.key, label.value FROM (
    SELECT tenant_id, id AS model_id, labels FROM models UNION ALL SELECT tenant_id, model_id, labels FROM model_versions
  ) AS owner CROSS JOIN LATERAL jsonb_each_text(labels) AS label ORDER BY 1, 2, 3, 4`;
const KEPT_LABELS = 'SELECT tenant_id, model_id, key, value FROM model_labels ORDER BY 1, 2, 3, 4';
const MEASURES = `
  SELECT tenant_id, model_id, key AS metric, min(value::double precision) AS lowest, max(value::double precision) AS highest
  FROM model_versions CROSS JOIN LATERAL jsonb_each(measures) WHERE jsonb_typeof(value) = 'number'
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
const KEPT_MEASURES = 'SELECT tenant_id, model_id, metric, lowest, highest FROM model_measures ORDER BY 1, 2, 3';

describe('what models have', () => {
  let database: TestDatabase;
  let datasetId: string;
  beforeEach(async () => {
    database = await testDatabase();
    datasetId = await datasetRow(database);
  });
  afterEach(() => database.drop());

  const expectRight = async () => {
    const [labels, measures] = [await database.rows(LABELS), await database.rows(MEASURES)];
    expect(await database.rows(KEPT_LABELS)).toEqual(labels);
    expect(await database.rows(KEPT_MEASURES)).toEqual(measures);
    return { labels: labels.length, measures: measures.length };
  };
  const version = async (model_id: string, minor: number, accuracy: number, more: object = {}) => {
    const id = await versionRow(database, await jobRow(database, datasetId, { model_id }), minor);
    await measured(id, { accuracy, ...more });
    return id;
  };
  const measured = (id: string, metrics: object) =>
    database.rows('UPDATE model_versions SET metrics = $2, measures = $2 WHERE id = $1', [id, JSON.stringify(metrics)]);
  const label = (table: 'models' | 'model_versions', id: string, labels: object) =>
    database.rows(`UPDATE ${table} SET labels = $2 WHERE id = $1`, [id, JSON.stringify(labels)]);

  it('follows what is measured, labelled and removed', async () => {
    const first = await version('a', 0, 0.5, { averaging: 'macro' });
    const second = await version('a', 1, 0.7, { loss: 3 });
    await version('a', 2, 0.6);
    await version('b', 0, 0.1);
    expect(await expectRight()).toEqual({ labels: 0, measures: 3 });
    await label('models', 'a', { env: 'prod', team: 'risk' });
    await label('model_versions', first, { env: 'prod', tier: '1' });
    await label('model_versions', second, { env: 'dev' });
    expect((await expectRight()).labels).toBe(4);
    await label('models', 'a', { team: 'risk' });
    // The version still has it.
    expect((await expectRight()).labels).toBe(4);
    await label('model_versions', first, {});
    expect((await expectRight()).labels).toBe(2);
    await measured(second, { accuracy: 0.55 });
    expect((await expectRight()).measures).toBe(2);
    await database.rows('DELETE FROM model_versions WHERE id = $1', [second]);
    expect(await expectRight()).toEqual({ labels: 1, measures: 2 });
  });

  it('misses none of what is labelled at once', async () => {
    const versions = await Promise.all(Array.from({ length: 8 }, (_, minor) => version('a', minor, minor / 8)));
    await Promise.all(versions.map((id, n) => label('model_versions', id, { [`n${n % 3}`]: String(n), env: 'dev' })));
    expect((await expectRight()).labels).toBe(9);
    await Promise.all(versions.slice(1).map((id) => label('model_versions', id, {})));
    expect((await expectRight()).labels).toBe(2);
  });

  it('begins with what there is, and begins again', async () => {
    await Promise.all(Array.from({ length: 120 }, (_, n) => version(`model_${n}`, 0, n / 120)));
    await database.rows(`UPDATE models SET labels = '{"env":"prod"}'`);
    await database.rows('DELETE FROM model_labels');
    await database.rows('DELETE FROM model_measures');
    for (let times = 0; times < 2; times++) {
      await database.rows(`DELETE FROM schema_migrations WHERE name LIKE 'ModelsFound%'`);
      await migrate(database.url);
      expect(await expectRight()).toEqual({ labels: 120, measures: 120 });
    }
  });
});
