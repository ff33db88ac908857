/** An epoch of an earlier attempt. */
export interface SeriesRow {
  epoch: number;
  attempt: number;
  loss: number;
  validationLoss: number;
  accuracy: number | null;
  learningRate: number;
  /** Milliseconds since 1970, by the database's clock. */
  at: number;
}

/** $1 job, $2 epochs after this one, $3 most rows. */
export const SERIES = `
  SELECT current_epoch AS epoch, attempt, loss, validation_loss AS "validationLoss", accuracy,
    learning_rate AS "learningRate", extract(epoch FROM timestamp)::float8 * 1000 AS at
  FROM training_progress WHERE job_id = $1 AND current_epoch > $2 ORDER BY current_epoch LIMIT $3`;
