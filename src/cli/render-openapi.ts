import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from '../api.module.js';
import { useBasePath } from '../http/configure-http.js';
import { openApiDocument } from '../http/openapi/openapi-document.js';

/**
 * The content of openapi.json. In Nest's preview mode nothing is built but the graph of modules, so that neither a
 * database nor a queue is needed.
 */
export async function renderOpenApi(): Promise<string> {
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule, new FastifyAdapter(), {
    preview: true,
    logger: ['error'],
  });
  useBasePath(app);
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}
