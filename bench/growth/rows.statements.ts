/**
 * What a platform holds after so many jobs, in SQL: $1 jobs that there are, $2 jobs that there are to be. A dataset for
 * each five jobs, a model with its versions for each hundred; half of them belong to another tenant. Of a hundred jobs
 * five have failed, one of ten had an alert. What is rare (other kinds, types, actors, labels) is among the first thousand
 * jobs, and there is no more of it later: the oldest rows, for which lists that begin with the newest look longest.
 */

const JOBS = `generate_series($1::int, $2::int - 1) AS job`;
const NAMED = (kind: string, number: string) => `'${kind}_' || lpad(to_hex(${number}), 32, '0')`;
const TENANT = (model: string) => `CASE WHEN (${model}) % 2 = 0 THEN 'default' ELSE 'other' END`;
const LONG_AGO = (job: string) => `timestamptz '2025-01-01' + (${job}) * interval '20 seconds'`;

const JOB_ID = NAMED('job', 'job');
const OF_JOB = TENANT('job / 100');
const AT = LONG_AGO('job');
const RARE = (remainder: number) => `(job < 1000 AND job % 100 = ${remainder})`;
const KIND = `CASE WHEN ${RARE(7)} THEN 'verification' ELSE 'training' END`;
const STATUS = `CASE WHEN job % 100 BETWEEN 20 AND 24 THEN 'failed' WHEN ${RARE(30)} THEN 'cancelled' ELSE 'completed' END`;
const HAS_VERSION = `job % 100 NOT BETWEEN 20 AND 24 AND NOT ${RARE(7)} AND NOT ${RARE(30)}`;
const MODEL_TYPE = `CASE WHEN job < 100 THEN 'lstm' ELSE (ARRAY['neural_network', 'cnn', 'xgboost'])[1 + job / 100 % 3] END`;
const METRICS = `jsonb_build_object('accuracy', abs(hashint4(job)) / 2147483648.0, 'loss', 0.3, 'validationLoss', 0.4, 'epochs', 3)`;

export const ROWS: readonly string[] = [
  `INSERT INTO training_datasets (id, tenant_id, name, type, size, features, target_column, metadata, status, created_at)
   SELECT ${NAMED('dataset', 'number')}, ${TENANT('number / 20')}, 'Customers ' || number,
     CASE WHEN number < 200 AND number % 20 = 2 THEN 'nlp' ELSE 'classification' END, 1000, '{age,income}', 'segment',
     '{"source":"CRM","format":"csv"}', CASE WHEN number < 200 AND number % 20 IN (2, 3) THEN 'error' ELSE 'ready' END, ${LONG_AGO('5 * number')}
   FROM generate_series($1::int / 5, $2::int / 5 - 1) AS number`,
  `INSERT INTO models (tenant_id, id, labels)
   SELECT ${TENANT('number')}, 'model_' || number, jsonb_build_object('team', 'team' || number % 20)
     || CASE WHEN number = 0 THEN '{"env":"prod"}' ELSE '{}' END::jsonb
   FROM generate_series($1::int / 100, $2::int / 100 - 1) AS number`,
  `INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration, seed,
     status, phase, kind, verifies, progress, generation, attempt, total_epochs, current_epoch, total_batches, loss,
     validation_loss, accuracy, learning_rate, reported_at, queued_at, enqueued_at, started_at, completed_at, created_at,
     actual_duration, metrics)
   SELECT ${JOB_ID}, ${OF_JOB}, 'Segmentation ' || job, ${NAMED('dataset', 'job / 5')}, 'model_' || job / 100, ${MODEL_TYPE},
     '{"learningRate":0.001,"batchSize":32,"epochs":3}', '{}', job, ${STATUS}, 'done', ${KIND},
     CASE WHEN ${RARE(7)} THEN ${NAMED('version', 'job - 1')} END, 100, 1, 1, 3, 3, 10, 0.3, 0.4, 0.9, 0.001, ${AT},
     ${AT}, ${AT}, ${AT}, ${AT}, ${AT}, 60000, CASE WHEN ${STATUS} = 'completed' THEN ${METRICS} END
   FROM ${JOBS}`,
  `INSERT INTO model_versions (id, tenant_id, model_id, version, major, minor, patch, training_job_id, status, metrics,
     measures, file_path, file_size, sha256, artefact_state, artefact_checked_at, created_at, deployed_at)
   SELECT ${NAMED('version', 'job')}, ${OF_JOB}, 'model_' || job / 100, '1.' || job % 100 || '.0', 1, job % 100, 0, ${JOB_ID},
     CASE WHEN job % 100 = 99 THEN 'deployed' WHEN job % 10 = 8 THEN 'archived' ELSE 'ready' END, ${METRICS}, ${METRICS},
     'model_' || job / 100 || '/' || ${JOB_ID} || '/1', 10000, repeat('0', 64), 'intact', clock_timestamp(), ${AT},
     CASE WHEN job % 100 = 99 THEN ${AT} END
   FROM ${JOBS} WHERE ${HAS_VERSION}`,
  `INSERT INTO deployments (tenant_id, model_id, number, kind, version_id, version, actor, at)
   SELECT ${OF_JOB}, 'model_' || job / 100, 1, 'deploy', ${NAMED('version', 'job')}, '1.99.0', 'alice', ${AT}
   FROM ${JOBS} WHERE job % 100 = 99`,
  `INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
     learning_rate, estimated_time_remaining, timestamp)
   SELECT ${JOB_ID}, epoch, ${OF_JOB}, 1, 1.0 / epoch, 1.1 / epoch, 0.9, 0.001, 0, ${AT}
   FROM ${JOBS}, generate_series(1, 3) AS epoch`,
  `INSERT INTO job_events (job_id, number, tenant_id, at, status, phase, attempt, epoch)
   SELECT ${JOB_ID}, number, ${OF_JOB}, ${AT}, (ARRAY['pending', 'pending', 'running', ${STATUS}])[number],
     (ARRAY['created', 'queued', 'starting', 'done'])[number], least(number / 3, 1), 0
   FROM ${JOBS}, generate_series(1, 4) AS number`,
  `INSERT INTO alerts (id, tenant_id, job_id, rule, kind, state, occurrence, attempt, epoch, detail, fired_at, resolved_at,
     resolved_epoch, resolution)
   SELECT ${NAMED('alert', 'job')}, ${OF_JOB}, ${JOB_ID}, 'plateau', CASE WHEN ${RARE(3)} THEN 'divergence' ELSE 'plateau' END,
     'resolved', 'epoch 2', 1, 2, 'It gets no better.', ${AT}, ${AT}, 3, 'job_ended'
   FROM ${JOBS} WHERE job % 10 = 3`,
  `INSERT INTO audit_entries (tenant_id, number, at, actor, action, resource, resource_id, request_id, address, previous, hash)
   SELECT ${OF_JOB}, job + 1, ${AT}, CASE WHEN ${RARE(11)} THEN 'bob' ELSE 'alice' END,
     CASE WHEN ${RARE(9)} THEN 'models_rollback' WHEN ${RARE(10)} THEN 'alerts_acknowledge' ELSE 'jobs_create' END,
     CASE WHEN ${RARE(9)} THEN 'deployment' WHEN ${RARE(10)} THEN 'alert' ELSE 'job' END, ${JOB_ID},
     gen_random_uuid()::text, '::1', '', md5(job::text)
   FROM ${JOBS}`,
  // Entries that the platform adds come after those.
  `INSERT INTO audit_heads (tenant_id, number) SELECT tenant, 100000000 FROM unnest(ARRAY['default', 'other']) AS tenant
   WHERE $1::int < $2::int ON CONFLICT DO NOTHING`,
];

/**
 * What is under way, as much of it however large the tables are: 200 jobs in the queue, 50 that train, 50 that nobody
 * has started, 20 that are paused and 20 that wait for their dataset.
 */
export const UNFINISHED: readonly string[] = [
  `INSERT INTO workers (id, host, capacity, seen_at) VALUES ('worker_1', 'bench', 50, clock_timestamp() + interval '1 day')`,
  `INSERT INTO training_datasets (id, tenant_id, name, type, metadata, status)
   VALUES ('dataset_uploading', 'default', 'Customers', 'classification', '{"source":"upload","format":"csv"}', 'uploading')`,
  `INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration, seed,
     status, phase, generation, attempt, worker_id, lease_expires_at, total_epochs, total_batches, enqueued_at, queued_at,
     started_at, estimated_duration)
   SELECT 'job_01' || lpad(to_hex(number), 30, '0'), 'default', 'Segmentation', dataset, 'model_0', 'neural_network',
     '{}', '{}', number, status, phase, 1, CASE status WHEN 'running' THEN 1 ELSE 0 END,
     CASE phase WHEN 'training' THEN 'worker_1' END,
     CASE phase WHEN 'training' THEN clock_timestamp() + interval '1 day' WHEN 'paused' THEN clock_timestamp() END,
     10, 10, clock_timestamp(), clock_timestamp(), CASE status WHEN 'running' THEN clock_timestamp() END, 60000
   FROM generate_series(1, 340) AS number, LATERAL (
     SELECT
       CASE WHEN number > 320 THEN 'dataset_uploading' ELSE ${NAMED('dataset', '0')} END AS dataset,
       CASE WHEN number BETWEEN 201 AND 250 OR number BETWEEN 301 AND 320 THEN 'running' ELSE 'pending' END AS status,
       CASE WHEN number <= 200 THEN 'queued' WHEN number <= 250 THEN 'training' WHEN number <= 300 THEN 'created'
         WHEN number <= 320 THEN 'paused' ELSE 'waiting_for_dataset' END AS phase
   ) AS standing`,
];
