/** ISO 8601 in UTC with milliseconds, as answers show times; it also sorts. */
const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** $1 jobs, $2 epochs, $3 events, $4 changes of alerts that each reader has. Those with something new, or gone. */
export const STIRRED = {
  name: 'stream-stirred',
  text: `
    SELECT DISTINCT reader.job_id AS id
    FROM unnest($1::text[], $2::int[], $3::int[], $4::int[]) AS reader (job_id, epoch, event, alert)
    LEFT JOIN training_jobs AS job ON job.id = reader.job_id
    WHERE job.id IS NULL OR job.current_epoch > reader.epoch OR job.events > reader.event OR job.alert_changes > reader.alert
      OR job.status IN ('completed', 'failed', 'cancelled')`,
};

/**
 * $1 jobs, $2 epochs, $3 events, $4 changes of alerts that each reader has, $5 most rows of each sort (epochs: so many by
 * number). One statement for
 * any number of readers, and one snapshot: what the row counts is there.
 */
export const NEWS = {
  name: 'stream-news',
  text: `
    SELECT reader.place::int AS place,
      json_build_object(
        'status', job.status, 'phase', job.phase, 'events', job.events, 'alertChanges', job.alert_changes,
        'currentEpoch', job.current_epoch, 'totalEpochs', job.total_epochs,
        'currentBatch', job.current_batch, 'totalBatches', job.total_batches,
        'estimatedTimeRemaining', job.estimated_time_remaining,
        'estimatedLow', job.estimated_low, 'estimatedHigh', job.estimated_high, 'reportedAt', ${iso('job.reported_at')},
        'error', job.error, 'errorCode', job.error_code, 'version', job.version,
        'completedAt', ${iso('job.completed_at')}
      ) AS job,
      coalesce(epochs.rows, '[]') AS epochs,
      coalesce(events.rows, '[]') AS events,
      coalesce(alerts.rows, '[]') AS alerts
    FROM unnest($1::text[], $2::int[], $3::int[], $4::int[])
      WITH ORDINALITY AS reader (job_id, epoch, event, alert, place)
    JOIN training_jobs AS job ON job.id = reader.job_id
    LEFT JOIN LATERAL (
      SELECT json_agg(row ORDER BY row.epoch) AS rows FROM (
        SELECT current_epoch AS epoch, attempt, loss, validation_loss AS "validationLoss", accuracy,
          learning_rate AS "learningRate", estimated_time_remaining AS "estimatedTimeRemaining",
          ${iso('timestamp')} AS at
        FROM training_progress
        -- A range in place of a limit: for that the planner may sort all that is left, where it knows a table badly.
        WHERE job_id = reader.job_id AND current_epoch > reader.epoch AND current_epoch <= reader.epoch + $5
      ) AS row
    ) AS epochs ON job.current_epoch > reader.epoch
    LEFT JOIN LATERAL (
      SELECT json_agg(row ORDER BY row.number) AS rows FROM (
        SELECT number, ${iso('at')} AS at, status, phase, attempt, epoch, worker_id AS "workerId", reason, detail
        FROM job_events WHERE job_id = reader.job_id AND number > reader.event
        ORDER BY number LIMIT $5
      ) AS row
    ) AS events ON job.events > reader.event
    LEFT JOIN LATERAL (
      SELECT json_agg(row ORDER BY row.number) AS rows FROM (
        SELECT change.number, ${iso('change.at')} AS at, change.state, json_build_object(
          'id', alert.id, 'rule', alert.rule, 'kind', alert.kind, 'action', alert.action, 'attempt', alert.attempt,
          'epoch', alert.epoch, 'detail', alert.detail, 'observed', alert.observed, 'bound', alert.bound
        ) AS alert
        FROM alert_changes AS change JOIN alerts AS alert ON alert.id = change.alert_id
        WHERE change.job_id = reader.job_id AND change.number > reader.alert
        ORDER BY change.number LIMIT $5
      ) AS row
    ) AS alerts ON job.alert_changes > reader.alert`,
};
