import { NO_BACKUP_RUNS } from '../../../database/backup-lock.js';

/**
 * $1 tenant, $2 version's id, $3 actor, $4 reason, $5 id of the record. The version says that its file is gone, and the
 * record whose it was, in one; the file is removed after that. Nothing of it happens twice.
 */
export const DELETE_FILE = `
  WITH deleted AS (
    UPDATE model_versions SET
      artefact_state = 'deleted',
      artefact_deleted_at = clock_timestamp(),
      artefact_deleted_by = $3,
      artefact_deleted_reason = $4
    WHERE tenant_id = $1 AND id = $2 AND status = 'archived' AND file_path IS NOT NULL
      AND artefact_state IS DISTINCT FROM 'deleted'
    RETURNING id, tenant_id, file_path, file_size, artefact_deleted_at
  )
  INSERT INTO removed_files (id, tenant_id, key, bytes, cause, version_id, actor, reason, at)
  SELECT $5, tenant_id, file_path, file_size, 'deleted', id, $3, $4, artefact_deleted_at FROM deleted`;

/**
 * $1 keys. Those that are not to be removed: a version has the file, or the job that stored it is under way and may yet
 * complete, however long ago it stored it (a key is model, job and attempt: ArtefactStore). A job that has ended
 * names no file any more. While a backup runs, all of them.
 */
export const NEEDED_FILES = {
  name: 'model-files-needed',
  text: `
    SELECT file_path AS key FROM model_versions
    WHERE file_path = ANY($1) AND artefact_state IS DISTINCT FROM 'deleted'
    UNION
    SELECT key FROM unnest($1::text[]) AS key JOIN training_jobs AS job ON job.id = split_part(key, '/', 2)
    WHERE job.status IN ('pending', 'running')
    UNION
    SELECT key FROM unnest($1::text[]) AS key WHERE NOT ${NO_BACKUP_RUNS}`,
};

/** $1 id, $2 key, $3 bytes or null. A file whose deletion is on record already is on record once. */
export const RECORD_ORPHAN = {
  name: 'model-file-orphaned',
  text: `
    INSERT INTO removed_files (id, key, bytes, cause) VALUES ($1, $2, $3, 'orphaned')
    ON CONFLICT (key) DO NOTHING`,
};

/** $1 key. Of an orphan that could not be removed. */
export const STRIKE_ORPHAN = {
  name: 'model-file-stayed',
  text: `DELETE FROM removed_files WHERE key = $1 AND cause = 'orphaned'`,
};
