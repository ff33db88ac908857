/** $1 dataset, $2 delivered generation, $3 worker, $4 lease in ms. */
export const CLAIM = {
  name: 'dataset-claim',
  text: `
    UPDATE training_datasets SET
      status = 'processing',
      attempt = attempt + 1,
      worker_id = $3,
      lease_expires_at = clock_timestamp() + $4 * interval '1 millisecond',
      dispatch_at = NULL,
      updated_at = clock_timestamp()
    WHERE id = $1 AND generation = $2
      AND (status = 'uploading'
        OR (status = 'processing' AND (lease_expires_at IS NULL OR lease_expires_at <= clock_timestamp())))
    RETURNING id, attempt, request_id AS "requestId", type, features, target_column AS "targetColumn", metadata,
      content_key AS "contentKey", content_bytes::float8 AS "contentBytes"`,
};

/** $1 dataset, $2 attempt, $3 lease in ms. */
export const RENEW = {
  name: 'dataset-renew',
  text: `
    UPDATE training_datasets SET lease_expires_at = clock_timestamp() + $3 * interval '1 millisecond'
    WHERE id = $1 AND attempt = $2 AND status = 'processing' RETURNING id`,
};

/** $1 dataset, $2 attempt, $3 ms after which it is due for whoever is next. */
export const RELEASE = {
  name: 'dataset-release',
  text: `
    UPDATE training_datasets SET
      lease_expires_at = NULL,
      worker_id = NULL,
      generation = generation + 1,
      dispatch_at = clock_timestamp() + $3 * interval '1 millisecond',
      updated_at = clock_timestamp()
    WHERE id = $1 AND attempt = $2 AND status = 'processing'`,
};

/**
 * $1 dataset, $2 attempt, $3 status, $4 error code, $5 error, $6 problems, $7 rows that were counted, $8 features that
 * were found; what was not measured stays as declared.
 */
export const SETTLE = `
  WITH settled AS (
    UPDATE training_datasets SET
      status = $3,
      error_code = $4,
      error = $5,
      problems = $6,
      size = coalesce($7, size),
      features = coalesce($8, features),
      lease_expires_at = NULL,
      -- Set where this worker's lease had run out: there is nothing left to process.
      dispatch_at = NULL,
      updated_at = clock_timestamp()
    WHERE id = $1 AND attempt = $2 AND status = 'processing'
    RETURNING id
  )
  SELECT id FROM settled`;

/** $1 dataset, $2 profile, $3 preview. */
export const KEEP_PROFILE = `
  INSERT INTO dataset_profiles (dataset_id, profile, preview) VALUES ($1, $2, $3)
  ON CONFLICT (dataset_id) DO UPDATE SET
    profile = excluded.profile, preview = excluded.preview, created_at = clock_timestamp()`;

/** $1 dataset. Its waiting jobs go to the queue. */
export const WAKE_JOBS = `
  UPDATE training_jobs SET
    phase = 'queued',
    generation = generation + 1,
    dispatch_at = clock_timestamp(),
    enqueued_at = clock_timestamp(),
    updated_at = clock_timestamp()
  WHERE dataset_id = $1 AND status = 'pending' AND phase = 'waiting_for_dataset'`;

/** $1 dataset, $2 error. A job that is paused before its dataset was ready could never go on. */
export const FAIL_JOBS = `
  UPDATE training_jobs SET
    status = 'failed',
    phase = 'done',
    error_code = 'dataset_error',
    error = $2,
    completed_at = clock_timestamp(),
    updated_at = clock_timestamp()
  WHERE dataset_id = $1 AND status = 'pending' AND phase IN ('waiting_for_dataset', 'paused')`;

const BATCH = 100;

/** Workers that may be lost over a dataset, one after another. */
const MOST_LOSSES = 5;
const TOO_MANY_LOSSES = {
  code: 'worker_lost',
  detail: `The workers that looked at the dataset were lost, ${MOST_LOSSES} in a row.`,
};

/** Looking at it has cost a worker once too often: it is most likely why. The jobs that wait for it are failed next. */
export const GIVE_UP = {
  name: 'sweep-datasets-give-up',
  text: `
    WITH hopeless AS (
      SELECT id FROM training_datasets
      WHERE status = 'processing' AND lease_expires_at <= clock_timestamp() AND losses + 1 >= ${MOST_LOSSES}
      ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE training_datasets AS dataset SET
      status = 'error',
      error_code = '${TOO_MANY_LOSSES.code}',
      error = '${TOO_MANY_LOSSES.detail}',
      problems = '${JSON.stringify([TOO_MANY_LOSSES])}',
      losses = dataset.losses + 1,
      lease_expires_at = NULL,
      dispatch_at = NULL,
      updated_at = clock_timestamp()
    FROM hopeless WHERE dataset.id = hopeless.id`,
};

/** Processing that lost its worker: claimable again, under a new generation. */
export const RECOVER_EXPIRED = {
  name: 'sweep-datasets-expired',
  text: `
    WITH expired AS (
      SELECT id FROM training_datasets
      WHERE status = 'processing' AND lease_expires_at <= clock_timestamp()
      ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE training_datasets AS dataset SET
      lease_expires_at = NULL,
      generation = dataset.generation + 1,
      losses = dataset.losses + 1,
      dispatch_at = clock_timestamp()
    FROM expired WHERE dataset.id = expired.id`,
};

/** $1 datasets after this id. Waiting for a worker, and as far as the row knows the queue has it. */
export const UNDELIVERED = {
  name: 'sweep-datasets-undelivered',
  text: `
    SELECT id, generation FROM training_datasets
    WHERE id > $1 AND dispatch_at IS NULL AND generation > 0 AND lease_expires_at IS NULL AND status IN ('uploading', 'processing')
    ORDER BY id LIMIT ${BATCH}`,
};

/** $1 datasets, $2 the generations that the queue was asked about. */
export const DISPATCH_AGAIN = {
  name: 'sweep-datasets-dispatch-again',
  text: `
    UPDATE training_datasets AS dataset SET generation = dataset.generation + 1, dispatch_at = clock_timestamp()
    FROM unnest($1::text[], $2::int[]) AS lost (id, generation)
    WHERE dataset.id = lost.id AND dataset.generation = lost.generation AND dataset.dispatch_at IS NULL
      AND dataset.lease_expires_at IS NULL AND dataset.status IN ('uploading', 'processing')`,
};
