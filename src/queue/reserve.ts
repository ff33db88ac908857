import type { Pool } from 'pg';

/** Most rows that are taken to the queue at a time. */
export const RESERVED_AT_ONCE = 100;

/** After which a row is due again that was reserved and whose delivery nobody has heard of. */
export const RESERVED_SECONDS = 10;

export interface Waiting {
  id: string;
  generation: number;
}

/** A row that the queue is to hear of, with the priority it goes by. */
export interface Due extends Waiting {
  priority: number;
  /** Milliseconds since it was due. */
  overdue: number;
  /** The trace that the row belongs to, where it belongs to one. */
  traceParent: string | null;
}

/** SQL over `row`. */
export interface Order {
  /** BullMQ's priority of a delivery, 0 to 2,097,151; the lower goes first, and equal ones in turn. */
  priority: string;
  /** Since when it waits, for those that are added together. */
  since: string;
  /** W3C trace context of the row, where rows have one. */
  traceParent?: string;
}

/**
 * Takes rows that are due: all of them, or what a change of the row `id` has made due. They are due again after
 * RESERVED_SECONDS, whatever becomes of the process.
 */
export interface Reserve {
  (id: string | null): Promise<Due[]>;
  /** Which row goes depends on the others. */
  takesTurns: boolean;
}

/** Steps that take the rows of `due` (id, dispatch_at). An update returns its rows in no order, and the queue serves equal ones as they came. */
export const takingDue = (table: string, { priority, since, traceParent = 'NULL::text' }: Order) => `
    reserved AS (
      UPDATE ${table} AS row SET dispatch_at = clock_timestamp() + interval '${RESERVED_SECONDS} seconds'
      FROM due WHERE row.id = due.id
      RETURNING row.id, row.generation, ${priority} AS priority, ${since} AS since,
        extract(epoch FROM clock_timestamp() - due.dispatch_at)::float8 * 1000 AS overdue,
        ${traceParent} AS "traceParent"
    )
    SELECT id, generation, priority, overdue, "traceParent" FROM reserved ORDER BY since, id`;

/** Whatever is due; `id`: of that this row. A statement for each, so that neither has to be planned anew every time. */
export function reserveAny(pool: Pool, table: string, order: Order): Reserve {
  const reserving = (which: string) => `
    WITH due AS (
      SELECT id, dispatch_at FROM ${table} WHERE ${which}
      FOR NO KEY UPDATE SKIP LOCKED
    ),
    ${takingDue(table, order)}`;
  const one = {
    name: `outbox-reserve-one-${table}`,
    text: reserving('id = $1 AND dispatch_at <= clock_timestamp()'),
  };
  const any = {
    name: `outbox-reserve-${table}`,
    text: reserving(`dispatch_at <= clock_timestamp() ORDER BY dispatch_at LIMIT ${RESERVED_AT_ONCE}`),
  };
  const reserve = async (id: string | null) =>
    (await pool.query<Due>(id === null ? any : { ...one, values: [id] })).rows;
  return Object.assign(reserve, { takesTurns: false });
}
