import { isSpanContextValid, type Span, type SpanContext } from '@opentelemetry/api';

/** Version, trace, span, flags (https://www.w3.org/TR/trace-context/#traceparent-header); later versions may add parts. */
const TRACE_PARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;
/** Longer ones say nothing more that counts. */
const MOST_CHARACTERS = 256;

/** What a W3C `traceparent` says, as a header or a row has it; null for one that is absent or malformed. */
export function readTraceParent(text: unknown): SpanContext | null {
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS) return null;
  const [, version, traceId = '', spanId = '', flags = '', more] = TRACE_PARENT.exec(text) ?? [];
  if (version === undefined || (version === '00' && more !== undefined)) return null;
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & SAMPLED, isRemote: true };
  return isSpanContextValid(context) ? context : null;
}

/** A span as what follows it is told of it, elsewhere and later: 55 characters. Says whether it is sampled. */
export function traceParentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-0${traceFlags & SAMPLED}`;
}

/** The id of the trace: 32 hexadecimal digits. */
export function traceIdIn(traceParent: string): string {
  return traceParent.split('-', 2)[1] ?? '';
}
