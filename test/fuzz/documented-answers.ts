import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { OpenApi, Operation } from '../support/openapi.js';

interface Given {
  status: number;
  /** Media type without its parameters; empty: none. */
  type: string;
  text: string;
}

/** What is refused before the operation is asked: by the router, or for a body where none is taken. */
const BEFORE_OPERATION = [
  'malformed_url',
  'uri_too_long',
  'route_not_found',
  'unsupported_media_type',
  'malformed_json',
];

/** Holds answers to what the document says of them: status, media type, schema, and no field that it does not know. */
export class DocumentedAnswers {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly checks = new Map<object, ValidateFunction>();

  constructor(api: OpenApi) {
    addFormats.default(this.ajv);
    const document = structuredClone(api.document) as object;
    closed(document);
    this.ajv.addSchema(document, 'api');
  }

  /** Null, or what is wrong with the answer. */
  fault(operation: Operation, { status, type, text }: Given): string | null {
    const described = operation.responses[String(status)];
    if (!described)
      return this.isBeforeOperation(type, text) ? null : `status ${status} is not documented: ${text.slice(0, 300)}`;
    const { content } = described;
    if (!content) return text === '' ? null : `${status} has a body: ${text.slice(0, 300)}`;
    const schema = (content[type] ?? content['*/*'])?.schema;
    if (!schema) return `${status} as ${type || 'nothing'}, not ${Object.keys(content).join(', ')}`;
    // A file may happen to be JSON; its bytes are its own.
    if (!type.endsWith('json') || !(type in content)) return null;
    const check = this.checkOf(schema);
    return check(JSON.parse(text)) ? null : `${status}: ${this.ajv.errorsText(check.errors)} in ${text.slice(0, 500)}`;
  }

  private isBeforeOperation(type: string, text: string): boolean {
    return (
      type === 'application/problem+json' && BEFORE_OPERATION.includes((JSON.parse(text) as { code: string }).code)
    );
  }

  private checkOf(schema: object): ValidateFunction {
    const known = this.checks.get(schema);
    if (known) return known;
    const within = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object;
    closed(within);
    const check = this.ajv.compile(within);
    this.checks.set(schema, check);
    return check;
  }
}

/** Objects with named fields have no others, in answers. */
function closed(node: object): void {
  if ('properties' in node && !('additionalProperties' in node)) Object.assign(node, { additionalProperties: false });
  for (const child of Object.values(node) as unknown[]) if (typeof child === 'object' && child) closed(child);
}
