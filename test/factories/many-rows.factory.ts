import { DEFAULT_CONFIGURATION } from '../../src/modules/jobs/configuration/default-configuration.js';
import type { TestDatabase } from '../support/database.js';

const TYPES = ['classification', 'regression', 'clustering', 'nlp', 'computer_vision'];
const DATASET_STATUSES = ['ready', 'ready', 'error', 'uploading', 'processing', 'ready'];
const MODEL_TYPES = ['linear_regression', 'random_forest', 'neural_network', 'xgboost', 'transformer', 'cnn', 'lstm'];
/** Most have ended, as on a platform that has run for a while. */
const JOB_STATUSES = ['completed', 'failed', 'completed', 'pending', 'completed', 'cancelled', 'completed', 'running'];

/**
 * Datasets `dataset_000001_<tenant>` to `<count>` of every type and status, in one statement. As on a real platform, ids
 * follow time, not the tenant, and those that are made later sort behind them.
 */
export async function manyDatasets(database: TestDatabase, tenant: string, count: number): Promise<void> {
  await database.rows(
    `INSERT INTO training_datasets (id, tenant_id, name, type, size, features, target_column, metadata, status)
     SELECT 'dataset_' || lpad(n::text, 6, '0') || '_' || $1, $1, 'Dataset ' || n, ($3::text[])[1 + n % 5], 1000, '{age,income}', 'segment',
       '{"source":"CRM","format":"csv"}', ($4::text[])[1 + n % 6]
     FROM generate_series(1, $2::int) AS n`,
    [tenant, count, TYPES, DATASET_STATUSES],
  );
}

/** Jobs on the datasets of `manyDatasets` (the first 30), of every model type and status, in ten models. Nothing runs. */
export async function manyJobs(database: TestDatabase, tenant: string, count: number): Promise<void> {
  await database.rows(`INSERT INTO models (tenant_id, id) SELECT $1, 'model_' || n FROM generate_series(0, 9) AS n`, [
    tenant,
  ]);
  await database.rows(
    `INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration,
       seed, status, phase, generation, total_epochs, total_batches)
     SELECT 'job_' || lpad(n::text, 6, '0') || '_' || $1, $1, 'Job ' || n,
       'dataset_' || lpad((1 + n % 30)::text, 6, '0') || '_' || $1,
       'model_' || n % 10, ($3::text[])[1 + n % 7], '{}', $5, 7, ($4::text[])[1 + n % 8], 'created', 0, 10, 10
     FROM generate_series(1, $2::int) AS n`,
    [tenant, count, MODEL_TYPES, JOB_STATUSES, DEFAULT_CONFIGURATION],
  );
}
