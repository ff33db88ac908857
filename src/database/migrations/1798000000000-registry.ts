import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What models have and had in production, and which number a job's version is to get. */
export class Registry1798000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Arrays of numbers are compared like versions.
    await runner.query(`ALTER TABLE training_jobs
      ADD COLUMN version_bump text NOT NULL DEFAULT 'minor',
      ADD COLUMN wanted_version integer[],
      ADD COLUMN version text,
      ADD CONSTRAINT training_jobs_version_bump_check CHECK (version_bump IN ('major', 'minor', 'patch')),
      ADD CONSTRAINT training_jobs_wanted_version_check CHECK (cardinality(wanted_version) = 3)`);
    await runner.query(`UPDATE training_jobs SET version = model_versions.version
      FROM model_versions WHERE training_job_id = training_jobs.id AND model_versions.version IS NOT NULL`);
    await runner.query(`CREATE TABLE deployments (
      tenant_id text NOT NULL,
      model_id text NOT NULL,
      number integer NOT NULL,
      kind text NOT NULL,
      version_id text NOT NULL,
      version text NOT NULL,
      from_version text,
      below integer,
      actor text NOT NULL,
      reason text,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT deployments_kind_check CHECK (kind IN ('deploy', 'rollback')),
      CONSTRAINT deployments_below_check CHECK (below < number),
      CONSTRAINT deployments_pkey PRIMARY KEY (tenant_id, model_id, number)
    )`);
    await runner.query(`ALTER TABLE deployments
      ADD CONSTRAINT deployments_model_fkey FOREIGN KEY (tenant_id, model_id) REFERENCES models(tenant_id, id)
        ON DELETE RESTRICT,
      ADD CONSTRAINT deployments_version_fkey FOREIGN KEY (version_id) REFERENCES model_versions(id)
        ON DELETE RESTRICT`);
    await runner.query('CREATE UNIQUE INDEX deployments_as_of ON deployments (tenant_id, model_id, at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE deployments');
    await runner.query(`ALTER TABLE training_jobs
      DROP CONSTRAINT training_jobs_wanted_version_check, DROP CONSTRAINT training_jobs_version_bump_check,
      DROP COLUMN version, DROP COLUMN wanted_version, DROP COLUMN version_bump`);
  }
}
