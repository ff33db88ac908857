/** A worker is to look at it. The attempt rises, so that whoever still does is refused. */
const TO_BE_INSPECTED = `
      status = 'processing',
      error = NULL,
      error_code = NULL,
      problems = NULL,
      generation = generation + 1,
      attempt = attempt + 1,
      losses = 0,
      dispatch_at = clock_timestamp(),
      lease_expires_at = NULL,
      updated_at = clock_timestamp()`;

/**
 * $1 dataset, $2 tenant, $3 key, $4 bytes, $5 sha256, $6 name, $7 request id. The content is there;
 * gives the key that it replaces.
 */
export const ACCEPT_CONTENT = `
  WITH stood AS (
    SELECT id, content_key FROM training_datasets
    WHERE id = $1 AND tenant_id = $2 AND status IN ('uploading', 'error')
    FOR NO KEY UPDATE
  ),
  accepted AS (
    UPDATE training_datasets AS dataset SET
      content_key = $3,
      content_bytes = $4,
      content_sha256 = $5,
      content_name = $6,
      uploaded_at = clock_timestamp(),
      request_id = $7,${TO_BE_INSPECTED}
    FROM stood WHERE dataset.id = stood.id
    RETURNING dataset.id
  )
  SELECT stood.content_key AS replaced FROM stood JOIN accepted USING (id)`;

/** $1 dataset, $2 tenant, $3 request id. As it stands, it is looked at again. */
export const PROCESS_AGAIN = `
  WITH again AS (
    UPDATE training_datasets SET
      request_id = $3,${TO_BE_INSPECTED}
    WHERE id = $1 AND tenant_id = $2 AND status = 'error'
      AND (content_key IS NOT NULL OR metadata ->> 'source' <> 'upload')
    RETURNING id
  )
  SELECT id FROM again`;

/** $1 dataset. */
export const READ_AS = `SELECT profile -> 'readAs' AS read_as FROM dataset_profiles WHERE dataset_id = $1`;
