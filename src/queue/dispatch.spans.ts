import { beginSpan, failSpan, isTracing, type Span } from '../tracing/spans.js';
import { deliveryId } from './queues.js';
import type { Due } from './reserve.js';

/** Adds deliveries together, and tells of it in the trace of each row that belongs to one. */
export async function inDispatchSpans<T>(queue: string, due: readonly Due[], add: () => Promise<T>): Promise<T> {
  const spans = isTracing() ? due.flatMap((row) => beginDispatch(queue, row, due.length)) : [];
  try {
    return await add();
  } catch (error) {
    for (const span of spans) failSpan(span, error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

function beginDispatch(queue: string, { id, generation, traceParent }: Due, together: number): Span[] {
  if (traceParent === null) return [];
  const span = beginSpan('dispatch', {
    parent: traceParent,
    kind: 'producer',
    attributes: {
      'messaging.system': 'bullmq',
      'messaging.destination.name': queue,
      'messaging.operation.type': 'send',
      'messaging.message.id': deliveryId(id, generation),
      'messaging.batch.message_count': together,
      'ai_training.job.id': id,
    },
  });
  return span ? [span] : [];
}
