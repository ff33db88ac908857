import { newId } from '../../src/database/id.js';
import { DEFAULT_CONFIGURATION } from '../../src/modules/jobs/configuration/default-configuration.js';
import type { TestDatabase } from '../support/database.js';

export interface JobRow {
  model_id: string;
  status: string;
  phase: string;
  generation: number;
  total_epochs: number;
  current_epoch: number;
  attempt: number;
}

/** A dataset that is ready, written straight into the database. */
export async function datasetRow(database: TestDatabase): Promise<string> {
  const id = newId('dataset');
  await database.rows(
    `INSERT INTO training_datasets (id, tenant_id, name, type, size, features, target_column, metadata, status)
     VALUES ($1, 'default', 'rows', 'classification', 1000, '{age,income}', 'segment',
       '{"source":"CRM","format":"csv"}', 'ready')`,
    [id],
  );
  return id;
}

/** A job that waits in the queue (generation 1), written straight into the database. */
export async function jobRow(
  database: TestDatabase,
  datasetId: string,
  overrides: Partial<JobRow> = {},
): Promise<string> {
  const id = newId('job');
  const row = { model_id: 'm', status: 'pending', phase: 'queued', generation: 1, total_epochs: 10, ...overrides };
  await database.rows(`INSERT INTO models (tenant_id, id) VALUES ('default', $1) ON CONFLICT DO NOTHING`, [
    row.model_id,
  ]);
  await database.rows(
    `INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration,
       seed, status, phase, generation, total_epochs, total_batches)
     VALUES ($1, 'default', 'rows', $2, $3, 'neural_network', '{}', $4, 7, $5, $6, $7, $8, 10)`,
    [id, datasetId, row.model_id, DEFAULT_CONFIGURATION, row.status, row.phase, row.generation, row.total_epochs],
  );
  return id;
}
