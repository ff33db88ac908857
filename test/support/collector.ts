import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.js';

type Value = Partial<Record<'stringValue' | 'intValue' | 'doubleValue' | 'boolValue', string | number | boolean>>;
type Attributes = { key: string; value: Value }[];

interface Sent {
  resourceSpans: {
    resource: { attributes: Attributes };
    scopeSpans: { spans: (Omit<Span, 'attributes' | 'resource'> & { attributes: Attributes })[] }[];
  }[];
}

/** As much of a span as tests look at. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  /** 2: error. */
  status: { code: number; message?: string };
  events: { name: string }[];
  attributes: Record<string, unknown>;
  /** Whose it is. */
  resource: Record<string, unknown>;
}

/** Receives spans by OTLP over HTTP, in JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
export class Collector {
  readonly spans: Span[] = [];
  /** Requests and connections that were heard of, whatever they were about. */
  heard: string[] = [];

  private readonly server = createServer((request, response) => {
    this.heard.push(`${request.method} ${request.url}`);
    if (this.isSilent) return;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.take(JSON.parse(Buffer.concat(chunks).toString()) as Sent);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  private port = 0;

  private constructor(private readonly isSilent: boolean) {
    this.server.on('connection', () => this.heard.push('connection'));
  }

  /** `isSilent`: it accepts what is sent, and never answers. */
  static async start({ isSilent = false } = {}): Promise<Collector> {
    const collector = new Collector(isSilent);
    await once(collector.server.listen(0, '127.0.0.1'), 'listening');
    collector.port = (collector.server.address() as AddressInfo).port;
    return collector;
  }

  /** What has a process send its spans here, and soon. */
  get variables(): Record<string, string> {
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    };
  }

  of(traceId: string): Span[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  /** The spans of a trace, once they are what is waited for. */
  trace(traceId: string, isWhole: (spans: Span[]) => boolean): Promise<Span[]> {
    const look = () => isWhole(this.of(traceId)) && this.of(traceId);
    return eventually(look, `the spans of ${traceId}`).catch((error: Error) => {
      throw new Error(
        `${error.message}; there are ${this.of(traceId)
          .map(({ name }) => name)
          .join()}`,
      );
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await once(this.server.close(), 'close');
  }

  private take({ resourceSpans }: Sent): void {
    for (const { resource, scopeSpans } of resourceSpans)
      for (const { spans } of scopeSpans)
        for (const span of spans)
          this.spans.push({ ...span, attributes: plain(span.attributes), resource: plain(resource.attributes) });
  }
}

const plain = (attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
