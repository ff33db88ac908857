import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the rows of a table add to their tenant's tallies, as VALUES of (tenant, name, change); `row` is OLD or NEW. */
const TALLIED = {
  training_datasets: (row: string, sign: string) => [
    `(${row}.tenant_id, 'datasets ' || ${row}.status, ${sign}1::bigint)`,
    `(${row}.tenant_id, 'bytes of datasets', ${sign}${row}.content_bytes)`,
  ],
  models: (row: string, sign: string) => [`(${row}.tenant_id, 'models', ${sign}1::bigint)`],
  model_versions: (row: string, sign: string) => [
    `(${row}.tenant_id, 'bytes of models', CASE WHEN ${row}.artefact_state IS DISTINCT FROM 'deleted' THEN ${sign}${row}.file_size END)`,
  ],
};

const TABLES = Object.keys(TALLIED) as (keyof typeof TALLIED)[];

/**
 * Notes what a row's change adds and takes away; nobody waits for anybody over it. Run by the owner of the schema for
 * whoever changes a row: processes of the release before have no right to the tables until the migrations are over.
 */
const noting = (table: keyof typeof TALLIED) => `CREATE FUNCTION tally_${table}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO tally_changes (id, tenant_id, name, change)
    SELECT gen_random_uuid(), tenant_id, name, sum(change) FROM (
      VALUES ${[...TALLIED[table]('OLD', '-'), ...TALLIED[table]('NEW', '')].join(', ')}
    ) AS part (tenant_id, name, change)
    WHERE tenant_id IS NOT NULL GROUP BY tenant_id, name HAVING sum(change) <> 0;
    RETURN NULL;
  END $$`;

const forOthers = (table: string) => `DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION tally_${table}() SECURITY DEFINER SET search_path = %I, pg_temp', current_schema());
END $$`;

const TRIGGERS = [
  `CREATE TRIGGER training_datasets_tallied AFTER INSERT OR DELETE ON training_datasets
    FOR EACH ROW EXECUTE FUNCTION tally_training_datasets()`,
  `CREATE TRIGGER training_datasets_tallied_again AFTER UPDATE ON training_datasets
    FOR EACH ROW WHEN ((OLD.status, OLD.content_bytes) IS DISTINCT FROM (NEW.status, NEW.content_bytes))
    EXECUTE FUNCTION tally_training_datasets()`,
  `CREATE TRIGGER models_tallied AFTER INSERT OR DELETE ON models FOR EACH ROW EXECUTE FUNCTION tally_models()`,
  // A version begins without a file.
  `CREATE TRIGGER model_versions_tallied AFTER INSERT ON model_versions
    FOR EACH ROW WHEN (NEW.file_size IS NOT NULL) EXECUTE FUNCTION tally_model_versions()`,
  `CREATE TRIGGER model_versions_tallied_again AFTER UPDATE ON model_versions
    FOR EACH ROW WHEN ((OLD.file_size, OLD.artefact_state) IS DISTINCT FROM (NEW.file_size, NEW.artefact_state))
    EXECUTE FUNCTION tally_model_versions()`,
  `CREATE TRIGGER model_versions_tallied_no_more AFTER DELETE ON model_versions
    FOR EACH ROW WHEN (OLD.file_size IS NOT NULL) EXECUTE FUNCTION tally_model_versions()`,
];

/** How many a tenant has, kept by triggers; what there was before them is added by the next migration. */
export class Tallies1813000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE tallies (
      tenant_id text NOT NULL,
      name text NOT NULL,
      number bigint NOT NULL,
      CONSTRAINT tallies_pkey PRIMARY KEY (tenant_id, name)
    )`);
    await runner.query(`CREATE TABLE tally_changes (
      id uuid NOT NULL,
      tenant_id text NOT NULL,
      name text NOT NULL,
      change bigint NOT NULL,
      CONSTRAINT tally_changes_pkey PRIMARY KEY (id)
    )`);
    for (const table of TABLES) {
      await runner.query(noting(table));
      await runner.query(forOthers(table));
      // Triggers need no right to it; who has it can hang it on a table of their own.
      await runner.query(`REVOKE EXECUTE ON FUNCTION tally_${table}() FROM PUBLIC`);
    }
    for (const trigger of TRIGGERS) await runner.query(trigger);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP FUNCTION tally_${table}() CASCADE`);
    await runner.query('DROP TABLE tally_changes');
    await runner.query('DROP TABLE tallies');
  }
}
