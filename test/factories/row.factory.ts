import { newId } from '../../src/database/id.js';
import { DEFAULT_CONFIGURATION } from '../../src/modules/jobs/configuration/default-configuration.js';
import type { TestDatabase } from '../support/database.js';

export interface DatasetRow {
  tenant_id: string;
  type: string;
  status: string;
  source: string;
}

export interface JobRow {
  tenant_id: string;
  model_id: string;
  model_type: string;
  status: string;
  phase: string;
  generation: number;
  total_epochs: number;
  current_epoch: number;
  attempt: number;
}

/** A dataset that is ready, written straight into the database. */
export async function datasetRow(database: TestDatabase, overrides: Partial<DatasetRow> = {}): Promise<string> {
  const id = newId('dataset');
  const row = { tenant_id: 'default', type: 'classification', status: 'ready', source: 'CRM', ...overrides };
  await database.rows(
    `INSERT INTO training_datasets (id, tenant_id, name, type, size, features, target_column, metadata, status)
     VALUES ($1, $2, 'rows', $3, 1000, '{age,income}', 'segment', $4, $5)`,
    [id, row.tenant_id, row.type, { source: row.source, format: 'csv' }, row.status],
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
  const row = {
    ...{ tenant_id: 'default', model_id: 'm', model_type: 'neural_network', status: 'pending', phase: 'queued' },
    ...{ generation: 1, total_epochs: 10, ...overrides },
  };
  await database.rows(`INSERT INTO models (tenant_id, id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
    row.tenant_id,
    row.model_id,
  ]);
  await database.rows(
    `INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration,
       seed, status, phase, generation, total_epochs, total_batches)
     VALUES ($1, $9, 'rows', $2, $3, $10, '{}', $4, 7, $5, $6, $7, $8, 10)`,
    [
      ...[id, datasetId, row.model_id, DEFAULT_CONFIGURATION, row.status, row.phase, row.generation, row.total_epochs],
      ...[row.tenant_id, row.model_type],
    ],
  );
  return id;
}

/** A version that is ready, of a job that is there, written straight into the database. */
export async function versionRow(database: TestDatabase, jobId: string, minor = 0): Promise<string> {
  const id = newId('version');
  await database.rows(
    `INSERT INTO model_versions (id, tenant_id, model_id, version, major, minor, patch, training_job_id, status)
     SELECT $1, tenant_id, model_id, '1.' || $3 || '.0', 1, $3::int, 0, id, 'ready' FROM training_jobs WHERE id = $2`,
    [id, jobId, String(minor)],
  );
  return id;
}

/** An alert that is firing, of a job that is there, written straight into the database. */
export async function alertRow(database: TestDatabase, jobId: string, rule = 'plateau'): Promise<string> {
  const [row] = await database.rows<{ id: string }>(
    `INSERT INTO alerts (tenant_id, job_id, rule, kind, occurrence, attempt, epoch, detail)
     SELECT tenant_id, id, $2, 'plateau', 'epoch ' || clock_timestamp(), 1, 12, 'It gets no better.'
     FROM training_jobs WHERE id = $1 RETURNING id`,
    [jobId, rule],
  );
  return row!.id;
}
