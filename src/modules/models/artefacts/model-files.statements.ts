/** In full precision, which a Date has not. */
export const NOW = { name: 'model-file-now', text: 'SELECT clock_timestamp()::text AS now' };

/**
 * $1 version, $2 state, $3 when the look began: the one that began last is believed, whichever ends last. What was
 * deleted stays so.
 */
export const FOUND = {
  name: 'model-file-found',
  text: `
    WITH found AS (
      UPDATE model_versions SET artefact_state = $2, artefact_checked_at = $3::timestamptz
      WHERE id = $1 AND artefact_state <> 'deleted'
        AND (artefact_checked_at IS NULL OR artefact_checked_at <= $3::timestamptz)
    )
    SELECT artefact_state = 'deleted' AS "isDeleted" FROM model_versions WHERE id = $1`,
};

/**
 * $1 milliseconds. One that was not looked at for so long. Whoever takes it keeps others from it as long; that it was
 * looked at is not said before it was.
 */
export const NEXT_DUE = {
  name: 'model-file-due',
  text: `
    WITH due AS (
      SELECT id FROM model_versions
      WHERE artefact_state IN ('intact', 'damaged', 'missing')
        AND artefact_checked_at < (SELECT clock_timestamp() - $1 * interval '1 millisecond')
        AND coalesce(artefact_claimed_at, artefact_checked_at) < clock_timestamp() - $1 * interval '1 millisecond'
      ORDER BY artefact_checked_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE model_versions AS version SET artefact_claimed_at = clock_timestamp()
    FROM due WHERE version.id = due.id
    RETURNING version.id, version.file_path AS "filePath", version.sha256`,
};
