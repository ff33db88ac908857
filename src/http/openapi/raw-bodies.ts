import type { OpenAPIObject } from '@nestjs/swagger';

const RAW = 'application/octet-stream';

/** A file is a body itself, whatever it is in a form: the decorators know one schema for all media types of a body. */
export function withRawBodies(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as { requestBody?: { content?: Record<string, object> } }[]) {
      const content = operation.requestBody?.content;
      if (content && RAW in content) content[RAW] = { schema: { type: 'string', format: 'binary' } };
    }
  }
  return document;
}
