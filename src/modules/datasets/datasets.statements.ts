/**
 * $1 dataset, $2 tenant, $3 name, $4 description, $5 type, $6 size, $7 features, $8 target column, $9 metadata,
 * $10 whether what it declares changes, $11 whether a worker is to look at it again, $12 request id.
 */
export const REVISE = `
  WITH revised AS (
    UPDATE training_datasets SET
      name = $3,
      description = $4,
      type = $5,
      size = $6,
      features = $7,
      target_column = $8,
      metadata = $9,
      status = CASE WHEN $11::boolean THEN 'processing' ELSE status END,
      generation = generation + $11::boolean::int,
      -- Whoever still holds the dataset looked at what it declared before.
      attempt = attempt + $11::boolean::int,
      losses = CASE WHEN $11::boolean THEN 0 ELSE losses END,
      dispatch_at = CASE WHEN $11::boolean THEN clock_timestamp() ELSE dispatch_at END,
      lease_expires_at = CASE WHEN $11::boolean THEN NULL ELSE lease_expires_at END,
      error = CASE WHEN $11::boolean THEN NULL ELSE error END,
      error_code = CASE WHEN $11::boolean THEN NULL ELSE error_code END,
      problems = CASE WHEN $11::boolean THEN NULL ELSE problems END,
      request_id = CASE WHEN $11::boolean THEN $12 ELSE request_id END,
      updated_at = clock_timestamp()
    WHERE id = $1 AND tenant_id = $2
      AND (NOT $10::boolean OR status IN ('uploading', 'error'))
      AND (type = $5 OR NOT EXISTS (SELECT FROM training_jobs WHERE dataset_id = $1))
    RETURNING id
  )
  SELECT id FROM revised`;
