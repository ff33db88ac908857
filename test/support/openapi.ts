import type { Client } from './client.js';

export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
  example?: unknown;
  type?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  method: string;
  /** As in the document: relative to the host, parameters in braces. */
  path: string;
  parameters: Parameter[];
  security?: unknown[];
  'x-required-role'?: string;
  body?: Schema;
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

interface RawOperation extends Omit<Operation, 'body' | 'parameters'> {
  parameters?: Operation['parameters'];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Document {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

/** The API as it documents itself. */
export class OpenApi {
  private constructor(readonly document: Document) {}

  static async of(client: Client): Promise<OpenApi> {
    return new OpenApi((await client.get<Document>('//docs-json')).body);
  }

  get operations(): Operation[] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody, parameters = [], ...rest }]) => {
        const body = requestBody?.content['application/json']?.schema;
        return { ...rest, method: method.toUpperCase(), path, parameters, body: body && this.resolved(body) };
      }),
    );
  }

  resolved(schema: Schema): Schema {
    const named = schema.$ref ?? schema.allOf?.[0]?.$ref;
    return named ? this.document.components.schemas[named.split('/').at(-1)!]! : schema;
  }
}
