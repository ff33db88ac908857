import { newId } from '../../src/database/id.js';
import { DEFAULT_CONFIGURATION } from '../../src/modules/jobs/configuration/default-configuration.js';
import type { TestDatabase } from '../support/database.js';

export interface RegistryVersion {
  id: string;
  modelId: string;
  modelType: string;
  status: string;
  /** Null: not numbered. */
  minor: number | null;
  metrics: Record<string, number> | null;
  labels: Record<string, string>;
}

export interface RegistryModel {
  id: string;
  labels: Record<string, string>;
}

/** Models and versions with jobs on the dataset, written straight into the database, in one statement a table. */
export async function registryRows(
  database: TestDatabase,
  tenant: string,
  datasetId: string,
  models: readonly RegistryModel[],
  versions: readonly RegistryVersion[],
): Promise<void> {
  await database.rows(
    `INSERT INTO models (tenant_id, id, labels)
     SELECT $1, id, labels FROM jsonb_to_recordset($2) AS model(id text, labels jsonb)`,
    [tenant, JSON.stringify(models)],
  );
  const rows = JSON.stringify(versions.map((version) => ({ ...version, jobId: newId('job') })));
  await database.rows(
    `WITH job AS (
       INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration,
         seed, status, phase, total_epochs, total_batches)
       SELECT "jobId", $1, 'rows', $3, "modelId", "modelType", '{}', $4, 7, 'completed', 'done', 10, 10
       FROM jsonb_to_recordset($2) AS version("jobId" text, "modelId" text, "modelType" text)
       RETURNING id
     )
     INSERT INTO model_versions (id, tenant_id, model_id, version, major, minor, patch, training_job_id, status, metrics,
       measures, labels)
     SELECT version.id, $1, "modelId", '1.' || minor || '.0', CASE WHEN minor IS NOT NULL THEN 1 END, minor,
       CASE WHEN minor IS NOT NULL THEN 0 END, "jobId", status, nullif(metrics, 'null'), nullif(metrics, 'null'), labels
     FROM jsonb_to_recordset($2) AS version(id text, "jobId" text, "modelId" text, status text, minor int, metrics jsonb,
       labels jsonb)
     JOIN job ON job.id = "jobId"`,
    [tenant, rows, datasetId, DEFAULT_CONFIGURATION],
  );
}
