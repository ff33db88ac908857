import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { readTraceParent } from './trace-parent.js';

export type { Span };

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** How a span begins. */
export interface Beginning {
  /**
   * What it is a part of: a span, or the `traceparent` of one elsewhere. Without one that can be read it begins a trace.
   * Named each time, and never what happens to be under way: work of several runs is done together here.
   */
  parent?: Span | string | null | undefined;
  kind?: keyof typeof KINDS;
  attributes?: Attributes;
  /** Milliseconds since 1970, where it began before it is known to be one. */
  since?: number | undefined;
}

/** Undefined: nothing is traced, and no span is ever made. */
let tracer: Tracer | undefined;

/** Who makes the spans of this process; undefined: nobody. */
export function traceWith(chosen: Tracer | undefined): void {
  tracer = chosen;
}

/** Whether traces are switched on; a span may be left out all the same, where it is not sampled. */
export function isTracing(): boolean {
  return tracer !== undefined;
}

/** Whoever begins a span ends it. Undefined where nothing is traced. */
export function beginSpan(name: string, beginning: Beginning): Span | undefined {
  if (!tracer) return undefined;
  const { parent, kind = 'internal', attributes = {}, since } = beginning;
  const options = { kind: KINDS[kind], attributes, ...(since !== undefined && { startTime: since }) };
  return tracer.startSpan(name, options, contextOf(parent));
}

/** Does a piece of work in a span of its own, which tells of its failure. */
export async function inSpan<T>(
  name: string,
  beginning: Beginning,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  const span = beginSpan(name, beginning);
  if (!span) return work(undefined);
  try {
    return await work(span);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** An error by its code or name. Its message stays in the log: one of the database may hold what people wrote. */
export function failSpan(span: Span, error: unknown): void {
  const { code, name } = error as { code?: string; name?: string };
  span.setAttribute('error.type', code ?? name ?? typeof error);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function contextOf(parent: Beginning['parent']): Context {
  if (typeof parent === 'object' && parent !== null) return trace.setSpan(ROOT_CONTEXT, parent);
  const elsewhere = readTraceParent(parent);
  return elsewhere ? trace.setSpanContext(ROOT_CONTEXT, elsewhere) : ROOT_CONTEXT;
}
