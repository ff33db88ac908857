import { COMPLETED } from '../ending.statements.js';

const MEASURED = 'SELECT job_id, current_epoch, loss, validation_loss, accuracy, learning_rate FROM training_progress';

/** $1 version. What its training left. */
export const VERIFIED = `
  SELECT
    version.id, version.file_path AS "filePath", version.sha256, version.artefact_state AS "artefactState",
    job.id AS "trainedBy", job.dataset_sha256 AS "datasetSha256", job.current_epoch AS epochs,
    dataset.content_key AS "contentKey"
  FROM model_versions AS version
  JOIN training_jobs AS job ON job.id = version.training_job_id
  JOIN training_datasets AS dataset ON dataset.id = job.dataset_id
  WHERE version.id = $1`;

/** $1 job that trained, $2 its epochs, $3 job that trained again. Epochs of the training that are kept no more are not missed. */
export const FIRST_DIFFERENT_EPOCH = `
  SELECT
    current_epoch AS epoch,
    CASE WHEN trained.job_id IS NOT NULL THEN json_build_object('loss', trained.loss,
      'validationLoss', trained.validation_loss, 'accuracy', trained.accuracy, 'learningRate', trained.learning_rate)
    END AS expected,
    CASE WHEN again.job_id IS NOT NULL THEN json_build_object('loss', again.loss,
      'validationLoss', again.validation_loss, 'accuracy', again.accuracy, 'learningRate', again.learning_rate)
    END AS actual
  FROM (${MEASURED} WHERE job_id = $1) AS trained
  FULL JOIN (${MEASURED} WHERE job_id = $3) AS again USING (current_epoch)
  WHERE (trained.job_id IS NOT NULL OR current_epoch > $2)
    AND (trained.loss, trained.validation_loss, trained.accuracy, trained.learning_rate)
      IS DISTINCT FROM (again.loss, again.validation_loss, again.accuracy, again.learning_rate)
  ORDER BY current_epoch LIMIT 1`;

/** $1 job, $2 version, $3 verdict, $4 metrics. Completes the job. */
export const RECORD_VERDICT = `
  WITH completed AS (
    UPDATE training_jobs SET ${COMPLETED}, metrics = $4::jsonb, verdict = $3::jsonb WHERE id = $1
  )
  UPDATE model_versions SET verdict = $3::jsonb, verified_at = clock_timestamp() WHERE id = $2`;

/** $1 job, $2 attempt. */
export const COMPLETED_VERDICT = {
  name: 'run-completed-verdict',
  text: `SELECT verdict FROM training_jobs WHERE id = $1 AND attempt = $2 AND status = 'completed'`,
};
