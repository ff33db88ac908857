import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeIndexes } from './make-indexes.js';

/** What a model's jobs and versions have in common, by which models are found in the order of their ids. */
const INDEXES = {
  training_jobs_models_by_type: 'training_jobs (tenant_id, model_type, model_id)',
  model_versions_models_by_status: 'model_versions (tenant_id, status, model_id)',
};

/** $1, $2 tenant and model after which. As many as are locked for a moment only; the last one is told. */
const NOTE_SOME = `
  WITH model AS MATERIALIZED (
    SELECT tenant_id, id FROM models WHERE (tenant_id, id) > ($1, $2) ORDER BY tenant_id, id LIMIT 100
  ),
  noted AS MATERIALIZED (
    SELECT tenant_id, id, refresh_model_labels(tenant_id, id), refresh_model_measures(tenant_id, id) FROM model
  )
  SELECT tenant_id AS "tenantId", id FROM noted ORDER BY tenant_id DESC, id DESC LIMIT 1`;

/** What models had before triggers noted it; again is no harm. */
export async function noteWhatModelsHave(query: (text: string, values: string[]) => Promise<unknown>): Promise<void> {
  for (let [tenantId, id] = ['', '']; ;) {
    const [last] = (await query(NOTE_SOME, [tenantId, id])) as { tenantId: string; id: string }[];
    if (!last) return;
    ({ tenantId, id } = last);
  }
}

export class ModelsFound1817000000000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await makeIndexes(runner, INDEXES);
    await noteWhatModelsHave((text, values) => runner.query(text, values));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM model_labels');
    await runner.query('DELETE FROM model_measures');
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX ${name}`);
  }
}
