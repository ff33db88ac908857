import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What models have and had in production, what may be deployed, verifications, labels, and the end of model files. */
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
      overridden jsonb,
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
    await runner.query('CREATE INDEX deployments_of_version ON deployments (tenant_id, model_id, version)');
    await this.firstDeployments(runner);
    await runner.query(`ALTER TABLE models
      ADD COLUMN labels jsonb NOT NULL DEFAULT '{}',
      ADD COLUMN policy jsonb,
      ADD COLUMN policy_changed_at timestamptz,
      ADD COLUMN policy_changed_by text`);
    await this.verifications(runner);
    await this.measures(runner);
    await this.modelFiles(runner);
  }

  /** What is deployed is so by a deployment. Whole milliseconds, as answers show them. */
  private async firstDeployments(runner: QueryRunner): Promise<void> {
    await runner.query(`WITH deployed AS (
        UPDATE model_versions
        SET deployed_at = date_trunc('milliseconds', coalesce(deployed_at, clock_timestamp()))
        WHERE status = 'deployed' RETURNING tenant_id, model_id, id, version, deployed_at
      )
      INSERT INTO deployments (tenant_id, model_id, number, kind, version_id, version, actor, at)
      SELECT tenant_id, model_id, 1, 'deploy', id, version, 'migration', deployed_at FROM deployed`);
  }

  private async verifications(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE training_jobs
      ADD COLUMN kind text NOT NULL DEFAULT 'training',
      ADD COLUMN verifies text,
      ADD COLUMN verdict jsonb,
      ADD CONSTRAINT training_jobs_kind_check CHECK (kind IN ('training', 'verification')),
      ADD CONSTRAINT training_jobs_verifies_check CHECK ((kind = 'verification') = (verifies IS NOT NULL)),
      ADD CONSTRAINT training_jobs_verifies_fkey FOREIGN KEY (verifies) REFERENCES model_versions(id)
        ON DELETE CASCADE`);
    await runner.query('CREATE INDEX training_jobs_verifying ON training_jobs (verifies) WHERE verifies IS NOT NULL');
    await runner.query(`ALTER TABLE model_versions
      ADD COLUMN labels jsonb NOT NULL DEFAULT '{}',
      ADD COLUMN verdict jsonb,
      ADD COLUMN verified_at timestamptz`);
  }

  /** What is searched and sorted by, apart from what may be large. */
  private async measures(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE model_versions ADD COLUMN measures jsonb');
    await runner.query(`UPDATE model_versions
      SET measures = metrics - '{confusionMatrix,classes,featureImportance}'::text[] WHERE metrics IS NOT NULL`);
    await runner.query(`ALTER TABLE model_versions ADD CONSTRAINT model_versions_measures_check
      CHECK (measures IS NOT DISTINCT FROM metrics - '{confusionMatrix,classes,featureImportance}'::text[])`);
  }

  /** What is stored now is what was stored then, as far as is known. */
  private async modelFiles(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE model_versions
      ADD COLUMN artefact_state text,
      ADD COLUMN artefact_checked_at timestamptz,
      ADD COLUMN artefact_claimed_at timestamptz,
      ADD COLUMN artefact_deleted_at timestamptz,
      ADD COLUMN artefact_deleted_by text,
      ADD COLUMN artefact_deleted_reason text,
      ADD CONSTRAINT model_versions_artefact_state_check
        CHECK (artefact_state IN ('intact', 'damaged', 'missing', 'deleted'))`);
    await runner.query(`UPDATE model_versions SET artefact_state = 'intact', artefact_checked_at = created_at
      WHERE file_path IS NOT NULL`);
    await runner.query(`CREATE INDEX model_versions_artefact_check ON model_versions (artefact_checked_at)
      WHERE artefact_state IN ('intact', 'damaged', 'missing')`);
    await runner.query(`CREATE INDEX model_versions_artefact_ailing ON model_versions (id)
      WHERE artefact_state IN ('damaged', 'missing')`);
    await runner.query('CREATE INDEX model_versions_by_file ON model_versions (file_path) WHERE file_path IS NOT NULL');
    await runner.query(`CREATE TABLE removed_files (
      id text NOT NULL,
      tenant_id text,
      key text NOT NULL,
      bytes bigint,
      cause text NOT NULL,
      version_id text,
      actor text,
      reason text,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT removed_files_cause_check CHECK (cause IN ('deleted', 'orphaned')),
      CONSTRAINT removed_files_pkey PRIMARY KEY (id)
    )`);
    await runner.query('CREATE UNIQUE INDEX removed_files_key ON removed_files (key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.forget(runner);
    await runner.query('DROP TABLE removed_files');
    await runner.query('DROP TABLE deployments');
    await runner.query(`ALTER TABLE model_versions
      DROP COLUMN artefact_deleted_reason, DROP COLUMN artefact_deleted_by, DROP COLUMN artefact_deleted_at,
      DROP COLUMN artefact_claimed_at, DROP COLUMN artefact_checked_at, DROP COLUMN artefact_state, DROP COLUMN verified_at, DROP COLUMN verdict,
      DROP COLUMN labels`);
    await runner.query('ALTER TABLE model_versions DROP COLUMN measures');
    await runner.query('DROP INDEX model_versions_by_file');
    await runner.query(`ALTER TABLE models
      DROP COLUMN policy_changed_by, DROP COLUMN policy_changed_at, DROP COLUMN policy, DROP COLUMN labels`);
    await runner.query(`ALTER TABLE training_jobs
      DROP COLUMN verdict, DROP COLUMN verifies, DROP COLUMN kind,
      DROP CONSTRAINT training_jobs_wanted_version_check, DROP CONSTRAINT training_jobs_version_bump_check,
      DROP COLUMN version, DROP COLUMN wanted_version, DROP COLUMN version_bump`);
  }

  /**
   * What the schema before has no words for: it would take a verification for a training, and offer a file that is gone.
   * Without their record, deployments end; when a version was last deployed is still known.
   */
  private async forget(runner: QueryRunner): Promise<void> {
    // Their progress and events go with them.
    await runner.query(`DELETE FROM training_jobs WHERE kind = 'verification'`);
    await runner.query(`UPDATE model_versions SET file_path = NULL, file_size = NULL, sha256 = NULL
      WHERE artefact_state = 'deleted'`);
    await runner.query(`UPDATE model_versions SET status = 'ready' WHERE status = 'deployed'`);
  }
}
