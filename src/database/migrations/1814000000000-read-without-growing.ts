import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeIndexes } from './make-indexes.js';

/** By name; none has a column that changes while a run trains, or each epoch would have to touch it. */
const INDEXES: Readonly<Record<string, string>> = {
  training_jobs_verifications: `training_jobs (tenant_id, id) WHERE kind = 'verification'`,
  alerts_by_kind: 'alerts (tenant_id, kind, id)',
  audit_entries_by_action: 'audit_entries (tenant_id, action, number)',
  audit_entries_by_kind: 'audit_entries (tenant_id, resource, number)',
};

/**
 * What there is, but for what the triggers have noted since they are there: one statement sees rows and notes as of one
 * moment.
 */
export const TALLY_ALL = `
  INSERT INTO tallies (tenant_id, name, number)
  SELECT tenant_id, name, sum(number) FROM (
    SELECT tenant_id, 'datasets ' || status AS name, count(*) AS number FROM training_datasets GROUP BY 1, 2
    UNION ALL SELECT tenant_id, 'bytes of datasets', sum(content_bytes) FROM training_datasets GROUP BY 1
    UNION ALL SELECT tenant_id, 'models', count(*) FROM models GROUP BY 1
    UNION ALL SELECT tenant_id, 'bytes of models', sum(file_size) FROM model_versions
      WHERE artefact_state IS DISTINCT FROM 'deleted' GROUP BY 1
    UNION ALL SELECT tenant_id, name, -change FROM tally_changes
  ) AS part WHERE number IS NOT NULL GROUP BY tenant_id, name
  ON CONFLICT DO NOTHING`;

export class ReadWithoutGrowing1814000000000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await makeIndexes(runner, INDEXES);
    await runner.query(TALLY_ALL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM tallies');
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX ${name}`);
  }
}
