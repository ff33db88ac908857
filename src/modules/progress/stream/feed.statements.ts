/** How long events can be resumed from. */
export const FEED_KEEPS = `interval '1 day'`;

/**
 * Transactions before it have ended, for this statement's snapshot: no event of theirs can turn up later. Numbers of
 * transactions are given out when they begin and become visible when they end, in another order.
 */
const HORIZON = 'pg_snapshot_xmin(pg_current_snapshot())::text::bigint';

/** Where a stream that begins now stands. */
export const NOW = `SELECT ${HORIZON} AS transaction, '' AS "jobId", 0 AS number`;

/** $1 tenant, $2 transaction, $3 job, $4 number. Whether the position lies ahead of everything, or events after it are too old. */
export const RESUMABLE = `
  SELECT $2::bigint > ${HORIZON} AS ahead, EXISTS (
    SELECT FROM job_events
    WHERE tenant_id = $1 AND (transaction, job_id, number) > ($2::bigint, $3, $4::int)
      AND at <= clock_timestamp() - ${FEED_KEEPS}
  ) AS "tooOld"`;

/**
 * $1 tenants, $2 transactions, $3 jobs, $4 numbers that each reader has, $5 most rows. What comes after, in an order that
 * later events keep, and whether there are events that have to wait. In the order of the readers.
 */
export const FEED = {
  name: 'stream-feed',
  text: `
    SELECT coalesce(events.rows, '[]') AS rows, EXISTS (
      SELECT FROM job_events AS late
      WHERE late.tenant_id = reader.tenant_id AND late.transaction >= ${HORIZON}
        AND late.at > clock_timestamp() - interval '1 hour'
    ) AS "heldBack"
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::int[])
      WITH ORDINALITY AS reader (tenant_id, transaction, job_id, number, place)
    LEFT JOIN LATERAL (
      SELECT json_agg(row ORDER BY row.transaction, row."jobId", row.number) AS rows FROM (
        SELECT event.transaction, event.job_id AS "jobId", event.number, event.at, event.status, event.phase,
          event.attempt, event.epoch, event.worker_id AS "workerId", event.reason, event.detail
        FROM job_events AS event
        WHERE event.tenant_id = reader.tenant_id
          AND (event.transaction, event.job_id, event.number) > (reader.transaction, reader.job_id, reader.number)
          AND event.transaction < ${HORIZON} AND event.at > clock_timestamp() - ${FEED_KEEPS}
        ORDER BY event.transaction, event.job_id, event.number LIMIT $5
      ) AS row
    ) AS events ON true
    ORDER BY reader.place`,
};
