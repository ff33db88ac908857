import type { Order } from './reserve.js';

/**
 * 1 to 402. Of one priority, runs that were interrupted go before those that have not begun. The queue's view
 * (jobs/queue/line.statements.ts) counts by the same order.
 */
export const LINE: Order = {
  priority: `2 * (100 - row.priority) + CASE WHEN row.status = 'running' THEN 1 ELSE 2 END`,
  since: 'greatest(row.enqueued_at, row.next_attempt_at)',
  traceParent: 'row.trace_parent',
};
