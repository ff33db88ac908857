import fc from 'fast-check';
import { HOSTILE_BODIES, HOSTILE_IDS } from '../support/hostile.js';
import type { OpenApi, Operation, Parameter } from '../support/openapi.js';
import { ArbitraryValues } from './arbitrary-values.js';

/** Who asks. */
export const ASKERS = ['admin', 'trainer', 'viewer', 'roleless', 'neighbour'] as const;

export interface FuzzedRequest {
  operation: Operation;
  asker: (typeof ASKERS)[number];
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

const PRINTABLE = fc.string({ unit: 'grapheme-ascii', maxLength: 40 }).map((text) => text.trim());
const MEDIA_TYPES = [
  'application/octet-stream',
  'text/plain',
  'multipart/form-data',
  'nonsense',
  'application/json; charset=x',
];
const BROKEN = HOSTILE_BODIES.map(([, body]) => body);

/** Requests as the document describes them, and as it does not. */
export class ArbitraryRequests {
  private readonly values: ArbitraryValues;

  /** `known`: ids that exist, by the name of their parameter or what stands before it in the path. */
  constructor(
    private readonly api: OpenApi,
    private readonly known: Readonly<Record<string, readonly string[]>>,
  ) {
    this.values = new ArbitraryValues(api, known);
  }

  any(): fc.Arbitrary<FuzzedRequest> {
    return fc.oneof(...this.api.operations.map((operation) => this.of(operation)));
  }

  private of(operation: Operation): fc.Arbitrary<FuzzedRequest> {
    const asker = fc.oneof({ weight: 8, arbitrary: fc.constant('admin' as const) }, fc.constantFrom(...ASKERS));
    const headers = this.headers(operation);
    return fc
      .record({ asker, path: this.path(operation), query: this.query(operation), headers, body: this.body(operation) })
      .map(({ path, query, ...rest }) => ({ operation, ...rest, path: query ? `${path}?${query}` : path }))
      .map((request) => Object.assign(request, { [fc.toStringMethod]: () => told(request) }));
  }

  private path({ path }: Operation): fc.Arbitrary<string> {
    const parts = path.split('/').map((part, place, all) => {
      if (!part.startsWith('{')) return fc.constant(part);
      const name = part.slice(1, -1);
      const known = this.known[name === 'id' ? all[place - 1]! : name] ?? ['none'];
      return fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...known).map(encodeURIComponent) },
        { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_IDS) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map(encodeURIComponent) },
      );
    });
    return fc.tuple(...parts).map((all) => all.join('/'));
  }

  private query({ parameters }: Operation): fc.Arbitrary<string> {
    const declared = parameters.filter((parameter) => parameter.in === 'query');
    const unknown = fc.tuple(PRINTABLE, PRINTABLE).map(([name, value]) => [[name, value]] as [string, string][]);
    const some = declared.map((parameter) => {
      const given = { weight: parameter.required ? 20 : 1, arbitrary: this.pairs(parameter) };
      return fc.oneof(given, { weight: 3, arbitrary: fc.constant([]) });
    });
    return fc
      .tuple(...some, fc.oneof({ weight: 30, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: unknown }))
      .map((pairs) => pairs.flat().map((pair) => pair.map(encodeURIComponent).join('=')))
      .map((pairs) => pairs.join('&'));
  }

  private pairs({ name, schema }: Parameter): fc.Arbitrary<[string, string][]> {
    const text = (value: unknown) =>
      (typeof value === 'string' ? value : JSON.stringify(value ?? null)).slice(0, 2_000).toWellFormed();
    return this.values
      .of(schema, name)
      .map((value) => (Array.isArray(value) ? value : [value]).map((one) => [name, text(one)] as [string, string]));
  }

  private headers({ parameters }: Operation): fc.Arbitrary<Record<string, string>> {
    const sent = parameters.filter((parameter) => parameter.in === 'header');
    const optional = Object.fromEntries(sent.map(({ name }) => [name.toLowerCase(), HEADERS[name] ?? PRINTABLE]));
    const usual = fc.record({ ...optional, accept: HEADERS.Accept! }, { requiredKeys: [] });
    const odd = fc.constantFrom(...MEDIA_TYPES).map((type) => ({ 'content-type': type }));
    return fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd });
  }

  private body({ body, method }: Operation): fc.Arbitrary<FuzzedRequest['body']> {
    if (!body) {
      const bytes = fc.uint8Array({ maxLength: 64 });
      return method === 'PUT' ? bytes : fc.constant(undefined);
    }
    const said = this.values.of(body).map((value) => JSON.stringify(value));
    return fc.oneof({ weight: 15, arbitrary: said }, { weight: 1, arbitrary: fc.constantFrom(...BROKEN, undefined) });
  }
}

/** The request as a report shows it. */
function told({ operation: { method }, asker, path, headers, body }: FuzzedRequest): string {
  return `${asker}: ${method} ${path} ${JSON.stringify(headers)} ${String(body)}`.slice(0, 1_000);
}

const HEADERS: Record<string, fc.Arbitrary<string>> = {
  Accept: fc.constantFrom('*/*', 'application/json', 'text/csv', 'text/markdown', 'image/png', 'nonsense'),
  'Idempotency-Key': fc.oneof(fc.uuid(), fc.constantFrom('again', 'and-again'), PRINTABLE),
  Range: fc.constantFrom('bytes=0-', 'bytes=0-9', 'bytes=-5', 'bytes=9-1', 'bytes=0-1,4-5', 'lines=1', 'bytes=99999-'),
  'Last-Event-ID': fc.oneof(fc.constantFrom('0-0-0', '1-1-0', '0-0-0-done', '1.job.1', '-1', 'x'), PRINTABLE),
};
