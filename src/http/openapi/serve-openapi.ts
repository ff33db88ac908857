import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { openApiDocument } from './openapi-document.js';

/** All its routes begin with it. */
export const DOCS_PATH = '/docs';

/** `keepsToken`: the browser remembers what was pasted into *Authorize* beyond the page. Swagger UI at /docs, the document at /docs-json. */
export function serveOpenApi(app: NestFastifyApplication, keepsToken: boolean): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), {
    jsonDocumentUrl: `${DOCS_PATH}-json`,
    yamlDocumentUrl: `${DOCS_PATH}-yaml`,
    swaggerOptions: { persistAuthorization: keepsToken, displayRequestDuration: true, showExtensions: true },
    customSiteTitle: 'AI Training Platform',
  });
}
