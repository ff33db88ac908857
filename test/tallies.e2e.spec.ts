import { Tallies1813000000000 } from '../src/database/migrations/1813000000000-tallies.js';
import { ReadWithoutGrowing1814000000000 } from '../src/database/migrations/1814000000000-read-without-growing.js';
import { migrate } from '../src/database/migrate.js';
import { FOLD, TALLIED } from '../src/database/tallies/tallies.statements.js';
import { datasetRow, jobRow, versionRow } from './factories/row.factory.js';
import { testDatabase, type TestDatabase } from './support/database.js';

/** What is kept, counted the long way. */
const COUNTED = `
  SELECT tenant_id, name, sum(number)::int AS number FROM (
    SELECT tenant_id, 'datasets ' || status AS name, count(*) AS number FROM training_datasets GROUP BY 1, 2
    UNION ALL SELECT tenant_id, 'bytes of datasets', sum(content_bytes) FROM training_datasets GROUP BY 1
    UNION ALL SELECT tenant_id, 'models', count(*) FROM models GROUP BY 1
    UNION ALL SELECT tenant_id, 'bytes of models', sum(file_size) FROM model_versions
      WHERE artefact_state IS DISTINCT FROM 'deleted' GROUP BY 1
  ) AS part WHERE number <> 0 GROUP BY tenant_id, name ORDER BY tenant_id, name`;
const KEPT = `
  SELECT tenant_id, name, sum(number)::int AS number FROM ${TALLIED}
  GROUP BY tenant_id, name HAVING sum(number) <> 0 ORDER BY tenant_id, name`;

describe('tallies', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(() => database.drop());

  const expectRight = async () => {
    const counted = await database.rows(COUNTED);
    expect(await database.rows(KEPT)).toEqual(counted);
    return counted;
  };
  const changes = async () => (await database.rows('SELECT FROM tally_changes')).length;

  /** Something of everything that is counted, in two tenants. */
  const populated = async (prefix = '') => {
    const datasets: string[] = [];
    for (const tenant_id of ['default', 'other']) {
      for (const status of ['ready', 'ready', 'uploading']) {
        datasets.push(await datasetRow(database, { tenant_id, status }));
      }
    }
    const versions: string[] = [];
    for (const [minor, model_id] of ['a', 'a', 'b'].entries()) {
      versions.push(
        await versionRow(database, await jobRow(database, datasets[0]!, { model_id: prefix + model_id }), minor),
      );
    }
    return { datasets, versions };
  };

  it('follow what is made, changed and removed', async () => {
    const { datasets, versions } = await populated();
    await expectRight();
    for (const [statement, id] of [
      [
        `UPDATE training_datasets SET content_bytes = 70, content_key = 'k', content_sha256 = 'f' WHERE id = $1`,
        datasets[1],
      ],
      [`UPDATE training_datasets SET content_bytes = 30 WHERE id = $1`, datasets[1]],
      [`UPDATE training_datasets SET status = 'error' WHERE id = $1`, datasets[2]],
      [`UPDATE training_datasets SET name = 'another' WHERE id = $1`, datasets[2]],
      [
        `UPDATE model_versions SET file_path = 'a', file_size = 500, artefact_state = 'intact' WHERE id = $1`,
        versions[0],
      ],
      [
        `UPDATE model_versions SET file_path = 'b', file_size = 40, artefact_state = 'intact' WHERE id = $1`,
        versions[1],
      ],
      [`UPDATE model_versions SET artefact_state = 'damaged' WHERE id = $1`, versions[0]],
      [`UPDATE model_versions SET artefact_state = 'deleted' WHERE id = $1`, versions[0]],
      [`DELETE FROM model_versions WHERE id = $1`, versions[1]],
      [`DELETE FROM training_datasets WHERE id = $1`, datasets[5]],
    ] as const) {
      await database.rows(statement, [id]);
      await expectRight();
    }
    expect(await expectRight()).toContainEqual({ tenant_id: 'default', name: 'bytes of datasets', number: 30 });
  });

  it('know nothing of what was taken back', async () => {
    await populated();
    const before = await expectRight();
    const client = await database.pool.connect();
    await client.query(`BEGIN; UPDATE training_datasets SET status = 'error'; ROLLBACK`);
    client.release();
    expect(await expectRight()).toEqual(before);
  });

  it('are added up, by several at once, where there are many changes', async () => {
    await populated();
    const few = await changes();
    await database.rows(FOLD.text);
    expect(await changes()).toBe(few);
    await database.rows(
      `INSERT INTO models (tenant_id, id) SELECT 'many', 'm' || n FROM generate_series(1, 25000) AS n`,
    );
    await Promise.all(Array.from({ length: 4 }, () => database.rows(FOLD.text)));
    expect(await changes()).toBeLessThan(25_000 - 10_000);
    await expectRight();
    for (let round = 0; round < 3; round++) await database.rows(FOLD.text);
    expect(await changes()).toBeLessThan(1_000);
    await expectRight();
  });

  it('begin with what there is, whoever writes between the migrations', async () => {
    await populated();
    const ofBoth = [Tallies1813000000000, ReadWithoutGrowing1814000000000].map(({ name }) => name);
    await database.rows(`DROP FUNCTION tally_training_datasets() CASCADE`);
    for (const table of ['models', 'model_versions']) await database.rows(`DROP FUNCTION tally_${table}() CASCADE`);
    await database.rows('DROP TABLE tallies, tally_changes');
    await database.rows('DELETE FROM schema_migrations WHERE name = ANY($1)', [ofBoth.slice(0, 1)]);
    await populated('later-');
    await migrate(database.url);
    // The second one had run already: as it begins, so does a database that was written to since the first.
    await populated('last-');
    await database.rows('DELETE FROM schema_migrations WHERE name = ANY($1)', [ofBoth.slice(1)]);
    await migrate(database.url);
    await expectRight();
  });
});
