import 'reflect-metadata';
import type { OpenAPIObject } from '@nestjs/swagger';
import { renderOpenApi } from './render-openapi.js';

type Operation = Record<string, unknown> & { operationId: string; responses: Record<string, unknown> };
type Schema = { properties?: Record<string, Record<string, unknown>> };

describe('the OpenAPI document', () => {
  let document: OpenAPIObject;
  let operations: { path: string; operation: Operation }[];

  beforeAll(async () => {
    document = JSON.parse(await renderOpenApi()) as OpenAPIObject;
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.values(item as Record<string, Operation>).map((operation) => ({ path, operation })),
    );
  });

  it('is the same each time', async () => {
    expect(JSON.parse(await renderOpenApi())).toEqual(document);
  });

  it('has stable, distinct operation ids', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['datasets_create', 'jobs_start', 'models_versions', 'health_get']));
  });

  it('asks for a token everywhere but at the probes, and says what happens without one', () => {
    for (const { path, operation } of operations) {
      const open = path === '/livez' || path === '/readyz';
      expect({ path, secured: 'security' in operation }).toEqual({ path, secured: !open });
      expect({ path, answers401: '401' in operation.responses }).toEqual({ path, answers401: !open });
    }
  });

  it('explains every operation, parameter and field', () => {
    const mute = operations.flatMap(({ path, operation }) => [
      ...(operation.summary ? [] : [path]),
      ...((operation.parameters ?? []) as { name: string; description?: string }[])
        .filter(({ description }) => !description)
        .map(({ name }) => `${path} ${name}`),
    ]);
    const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
    for (const [name, { properties = {} }] of schemas) {
      for (const [field, schema] of Object.entries(properties)) {
        if (!('description' in schema) && !('$ref' in schema)) mute.push(`${name}.${field}`);
      }
    }
    expect(mute).toEqual([]);
  });

  it('names its enums', () => {
    const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
    const inline = schemas.flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, schema]) => 'enum' in schema)
        .map(([field]) => `${name}.${field}`),
    );
    expect(inline).toEqual([]);
  });
});
