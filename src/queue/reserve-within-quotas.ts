import type { Pool } from 'pg';
import type { RunningQuotas } from '../config/quotas.js';
import { type Due, type Order, RESERVED_AT_ONCE, type Reserve, takingDue } from './reserve.js';

/**
 * A run that is under way: a worker has it, or the queue, or it is on its way there. Whatever else waits has no delivery
 * that could be claimed (CLAIM).
 */
const UNDER_WAY = `(
        (job.status = 'running' AND job.phase NOT IN ('recovering', 'retry_wait', 'paused'))
        OR (
          job.phase IN ('queued', 'recovering', 'retry_wait')
          AND job.pause_requested_at IS NULL AND job.cancel_requested_at IS NULL
          AND (job.next_attempt_at IS NULL OR job.next_attempt_at <= clock_timestamp())
          AND (job.dispatch_at IS NULL OR job.dispatch_at > clock_timestamp())
        )
      )`;

/** Whoever reserves waits for whoever does: each has to see what the others took. */
const TAKE_TURNS = `SELECT pg_advisory_xact_lock(hashtext('dispatch'), 0)`;

/** $1 a job, or null for all tenants; $2 quotas by tenant, in JSON; $3 that of all others. 0: any number. */
const reserveInTurn = (order: Order) => `
    WITH tenants AS (
      SELECT DISTINCT tenant_id FROM training_jobs
      WHERE dispatch_at <= clock_timestamp()
        AND ($1::text IS NULL OR tenant_id = (SELECT tenant_id FROM training_jobs WHERE id = $1))
    ),
    quotas AS (SELECT tenant_id, coalesce(($2::jsonb ->> tenant_id)::bigint, $3::bigint) AS most FROM tenants),
    room AS (
      SELECT tenant_id, CASE WHEN most = 0 THEN ${RESERVED_AT_ONCE} ELSE greatest(0, most - (
        SELECT count(*) FROM training_jobs AS job
        WHERE job.tenant_id = quotas.tenant_id AND job.status IN ('pending', 'running') AND ${UNDER_WAY}
      )) END AS free
      FROM quotas
    ),
    due AS (
      SELECT picked.id, picked.dispatch_at FROM room CROSS JOIN LATERAL (
        SELECT id, dispatch_at FROM training_jobs AS row
        WHERE tenant_id = room.tenant_id AND dispatch_at <= clock_timestamp()
        ORDER BY ${order.priority}, ${order.since}, id LIMIT room.free
        FOR NO KEY UPDATE SKIP LOCKED
      ) AS picked
      LIMIT ${RESERVED_AT_ONCE}
    ),
    ${takingDue('training_jobs', order)}`;

/**
 * Of each tenant's jobs that are due the first ones in line, as many as it may have more under way; `id`: of the tenant
 * of this job. The others stay due.
 */
export function reserveWithinQuotas(pool: Pool, order: Order, { byTenant, others }: RunningQuotas): Reserve {
  const text = reserveInTurn(order);
  const limits = [JSON.stringify(byTenant), others];
  const reserve = async (id: string | null) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(TAKE_TURNS);
      // A statement of its own after the lock, so that it sees what the one before has committed.
      const { rows } = await client.query<Due>({ name: 'outbox-reserve-quotas', text, values: [id, ...limits] });
      await client.query('COMMIT');
      client.release();
      return rows;
    } catch (error) {
      // Not given back: whatever state it is in ends with its connection.
      client.release(error as Error);
      throw error;
    }
  };
  return Object.assign(reserve, { takesTurns: true });
}
