import { MIGRATIONS } from '../src/database/migrations/index.js';
import { Registry1798000000000 } from '../src/database/migrations/1798000000000-registry.js';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/database/connection.js';
import { datasetRow, jobRow, versionRow } from './factories/row.factory.js';
import { testDatabase, type TestDatabase } from './support/database.js';

describe('the migration to the registry, with data', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await testDatabase(null);
    source = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
    await source.runMigrations({ transaction: 'each' });
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const version = async (modelId: string, set: string) => {
    const id = await versionRow(database, await jobRow(database, await datasetRow(database), { model_id: modelId }));
    await database.rows(`UPDATE model_versions SET ${set} WHERE id = $1`, [id]);
    return id;
  };
  const found = async (id: string) => (await database.rows('SELECT * FROM model_versions WHERE id = $1', [id]))[0];

  it('leaves nothing behind that the schema before would take for something else, and finds its way back', async () => {
    const file = `file_path = 'm/j/attempt-1.json', file_size = 9, sha256 = repeat('a', 64)`;
    const deleted = await version('deleted', `status = 'archived', artefact_state = 'deleted', ${file}`);
    const kept = await version('kept', `artefact_state = 'damaged', ${file}`);
    const deployed = await version('deployed', `status = 'deployed', deployed_at = '2026-01-31T12:00:00.123456Z'`);
    await database.rows(
      `INSERT INTO deployments (tenant_id, model_id, number, kind, version_id, version, actor)
       VALUES ('default', 'deployed', 1, 'deploy', $1, '1.0.0', 'tester')`,
      [deployed],
    );
    const verification = await jobRow(database, await datasetRow(database), { model_id: 'kept' });
    await database.rows(`UPDATE training_jobs SET kind = 'verification', verifies = $2 WHERE id = $1`, [
      verification,
      kept,
    ]);
    const again = await jobRow(database, await datasetRow(database), { model_id: 'kept' });
    await database.rows('UPDATE training_jobs SET retry_of = $2 WHERE id = $1', [again, verification]);
    await database.rows(
      `INSERT INTO training_progress
         (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, learning_rate, estimated_time_remaining)
       SELECT id, 1, tenant_id, 1, 1, 1, 1, 0 FROM training_jobs WHERE id = $1`,
      [verification],
    );

    for (const _ of MIGRATIONS.slice(MIGRATIONS.indexOf(Registry1798000000000))) {
      await source.undoLastMigration({ transaction: 'each' });
    }
    expect(await database.rows('SELECT id FROM training_jobs WHERE id = $1', [verification])).toEqual([]);
    for (const table of ['job_events', 'training_progress']) {
      expect(await database.rows(`SELECT FROM ${table} WHERE job_id = $1`, [verification])).toEqual([]);
    }
    expect(await database.rows('SELECT retry_of FROM training_jobs WHERE id = $1', [again])).toEqual([
      { retry_of: null },
    ]);
    expect(await found(deleted)).toMatchObject({
      ...{ status: 'archived', version: '1.0.0', file_path: null, file_size: null, sha256: null },
    });
    expect(await found(kept)).toMatchObject({ status: 'ready', file_path: 'm/j/attempt-1.json', file_size: '9' });
    expect(await found(deployed)).toMatchObject({ status: 'ready', deployed_at: new Date('2026-01-31T12:00:00.123Z') });

    // As releases before the registry deployed.
    await database.rows(`UPDATE model_versions SET status = 'deployed' WHERE id = $1`, [deployed]);
    await database.rows(`UPDATE model_versions SET status = 'deployed', deployed_at = NULL WHERE id = $1`, [kept]);
    await source.runMigrations({ transaction: 'each' });
    expect(await found(deleted)).toMatchObject({ status: 'archived', artefact_state: null });
    expect(await found(kept)).toMatchObject({ status: 'deployed', artefact_state: 'intact' });
    const rows = await database.rows<{ version_id: string; exact: boolean }>(
      `SELECT deployments.*, at = deployed_at AND date_trunc('milliseconds', at) = at AS exact
       FROM deployments JOIN model_versions ON model_versions.id = version_id ORDER BY deployments.model_id`,
    );
    const first = { tenant_id: 'default', number: 1, kind: 'deploy', version: '1.0.0', actor: 'migration' };
    const alone = { from_version: null, below: null, reason: null, overridden: null, exact: true };
    expect(rows).toMatchObject([
      { ...first, ...alone, model_id: 'deployed', version_id: deployed, at: new Date('2026-01-31T12:00:00.123Z') },
      { ...first, ...alone, model_id: 'kept', version_id: kept },
    ]);
  });
});
