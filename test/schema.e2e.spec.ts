import { DataSource } from 'typeorm';
import { assertSchema } from '../src/database/assert-schema.js';
import { dataSourceOptions } from '../src/database/connection.js';
import { SchemaBehindError } from '../src/database/database.errors.js';
import { migrate } from '../src/database/migrate.js';
import { MIGRATIONS } from '../src/database/migrations/index.js';
import { datasetRow, jobRow } from './factories/row.factory.js';
import { testDatabase, type TestDatabase } from './support/database.js';

describe('schema', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await testDatabase(null);
    source = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const tables = async () =>
    (
      await database.rows<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables
         WHERE table_schema = 'public' AND table_name <> 'schema_migrations' ORDER BY 1`,
      )
    ).map(({ name }) => name);

  it('goes up, down without a trace, and up again', async () => {
    await source.runMigrations({ transaction: 'each' });
    const first = await tables();
    expect(first).toContain('training_jobs');
    for (const _ of MIGRATIONS) await source.undoLastMigration({ transaction: 'each' });
    expect(await tables()).toEqual([]);
    await source.runMigrations({ transaction: 'each' });
    expect(await tables()).toEqual(first);
  });

  it('is what the entities say', async () => {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('is refused by a process while it is behind, with the command that mends it', async () => {
    const empty = await testDatabase(null);
    await expect(assertSchema(empty.url)).rejects.toThrow(SchemaBehindError);
    await expect(assertSchema(empty.url)).rejects.toThrow('npm run migrate');
    await empty.drop();
    await expect(assertSchema(database.url)).resolves.toBeUndefined();
  });

  it('can be migrated by two commands at once', async () => {
    const fresh = await testDatabase(null);
    await Promise.all([migrate(fresh.url), migrate(fresh.url)]);
    await expect(assertSchema(fresh.url)).resolves.toBeUndefined();
    await fresh.drop();
  });

  it.each([
    ['was broken off', false],
    ['was made, and nobody noted it', true],
  ])('makes the index of kept histories where it %s', async (_, isValid) => {
    const fresh = await testDatabase();
    const index = `indexrelid = 'training_jobs_history_kept'::regclass`;
    await fresh.rows(`UPDATE pg_index SET indisvalid = ${isValid} WHERE ${index}`);
    await fresh.rows(`DELETE FROM schema_migrations WHERE name LIKE 'HistoryKept%'`);
    await migrate(fresh.url);
    expect(await fresh.rows(`SELECT indisvalid FROM pg_index WHERE ${index}`)).toEqual([{ indisvalid: true }]);
    await fresh.drop();
  });

  it.each([
    ['an unknown status', `UPDATE training_jobs SET status = 'done'`],
    ['an unknown model type', `UPDATE training_jobs SET model_type = 'oracle'`],
    ['a progress beyond 100 %', `UPDATE training_jobs SET progress = 101`],
    ['an epoch beyond the last', `UPDATE training_jobs SET current_epoch = total_epochs + 1`],
    ['an unknown dataset type', `UPDATE training_datasets SET type = 'poetry'`],
    ['a dataset without rows', `UPDATE training_datasets SET size = 0`],
    ['a job of no dataset', `UPDATE training_jobs SET dataset_id = 'dataset_none'`],
    ['a job of no model', `UPDATE training_jobs SET model_id = 'none'`],
    ['removing a dataset that jobs rest on', `DELETE FROM training_datasets`],
    [
      'a ready version without a number',
      `INSERT INTO model_versions (id, tenant_id, model_id, training_job_id, status)
       SELECT 'version_x', tenant_id, model_id, id, 'ready' FROM training_jobs`,
    ],
  ])('refuses %s', async (_, sql) => {
    await jobRow(database, await datasetRow(database));
    await expect(database.rows(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) as string });
    await database.rows('TRUNCATE training_datasets, models CASCADE');
  });

  it('lets a model have one deployed version', async () => {
    const datasetId = await datasetRow(database);
    const deploy = async (number: number) =>
      database.rows(
        `INSERT INTO model_versions (id, tenant_id, model_id, training_job_id, status, version, major, minor, patch)
         VALUES ($1, 'default', 'm', $2, 'deployed', $3, $4, 0, 0)`,
        [`version_${number}`, await jobRow(database, datasetId), `${number}.0.0`, number],
      );
    await deploy(1);
    await expect(deploy(2)).rejects.toMatchObject({ constraint: 'model_versions_one_deployed' });
  });
});
