import { type Context, type Span, type SpanOptions, trace, type Tracer } from '@opentelemetry/api';

export interface Made {
  name: string;
  options: SpanOptions;
  parent: string | undefined;
  attributes: Record<string, unknown>;
  events: string[];
  failed: boolean;
  ended: boolean;
}

/** Makes spans that tests look at. Ids count up from 1. */
export class FakeTracer {
  readonly made: Made[] = [];

  startSpan(name: string, options: SpanOptions, context: Context): Span {
    const parent = trace.getSpanContext(context)?.spanId;
    const made: Made = { name, options, parent, attributes: {}, events: [], failed: false, ended: false };
    const spanId = String(this.made.push(made)).padStart(16, '0');
    const span = {
      spanContext: () => ({ traceId: '1'.repeat(32), spanId, traceFlags: 1 }),
      isRecording: () => true,
      setAttribute: (key: string, value: unknown) => (Object.assign(made.attributes, { [key]: value }), span),
      addEvent: (event: string) => (made.events.push(event), span),
      setStatus: () => ((made.failed = true), span),
      end: () => void (made.ended = true),
    } as unknown as Span;
    return span;
  }

  get asTracer(): Tracer {
    return this as unknown as Tracer;
  }
}
