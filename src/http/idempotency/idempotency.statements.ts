/** How long an answer is kept and its key taken; an older row counts as none, whether it was swept or not. */
const KEPT = `interval '24 hours'`;

/** Rows that one sweep removes at most. */
const SWEEP_BATCH = 1_000;

/**
 * $1 lock. Held until the transaction ends, by commit, by rollback or by the end of its process; never waits. Should
 * the process stop in the middle or its network be cut, the server ends the transaction soon (database/connection.ts).
 */
export const TRY_LOCK = 'SELECT pg_try_advisory_xact_lock($1) AS locked';

/**
 * $1 tenant, $2 key. Must be a statement of its own after TRY_LOCK: only then does its snapshot see what the previous
 * holder of the lock has committed.
 */
export const FIND = `
  SELECT fingerprint, status, location, body FROM idempotency_keys
  WHERE tenant_id = $1 AND key = $2 AND created_at > clock_timestamp() - ${KEPT}`;

/** $1 tenant, $2 key, $3 fingerprint, $4 status, $5 location, $6 body. Replaces nothing but an expired answer. */
export const STORE = `
  INSERT INTO idempotency_keys AS stored (tenant_id, key, fingerprint, status, location, body)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, key) DO UPDATE SET
    fingerprint = excluded.fingerprint,
    status = excluded.status,
    location = excluded.location,
    body = excluded.body,
    created_at = clock_timestamp()
  WHERE stored.created_at <= clock_timestamp() - ${KEPT}
  RETURNING key`;

/** In batches, past rows that somebody holds; what is left is taken by the next round. */
export const REMOVE_EXPIRED = {
  name: 'idempotency-remove-expired',
  text: `
    DELETE FROM idempotency_keys WHERE (tenant_id, key) IN (
      SELECT tenant_id, key FROM idempotency_keys
      WHERE created_at <= (SELECT clock_timestamp() - ${KEPT})
      ORDER BY created_at LIMIT ${SWEEP_BATCH}
      FOR UPDATE SKIP LOCKED
    )`,
};
