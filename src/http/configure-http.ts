import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Environment } from '../config/environment.js';
import { BASE_PATH, PROBES } from './base-path.js';
import { drainUnreadBodies } from './body/drain-unread.js';
import { guardBodies } from './body/guard-bodies.js';
import { parseJson } from './body/parse-json.js';
import { refuseOversizedBodies } from './body/refuse-oversized.js';
import { refuseUnsafeQueries } from './body/refuse-unsafe-queries.js';
import { declareCharset, servePageFilesOnly } from './openapi/page-files.js';
import { DOCS_PATH, serveOpenApi } from './openapi/serve-openapi.js';
import { guardPages } from './guard-pages.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { countAddresses } from './rate-limit/count-addresses.js';
import { RateLimits } from './rate-limit/rate-limits.js';
import { limitArrival } from './request/limit-arrival.js';
import { limitConnections } from './request/limit-connections.js';
import { addressOf } from './request/client-address.js';
import { watchRefusedUrls } from './request/refuse-url.js';
import { addRequestHooks, logRequest } from './request/request-hooks.js';
import { securityHeaders } from './security-headers.js';
import { TokenAccess } from './token-access.js';
import { streamBodies } from './upload/streamed-body.js';
import { RefuseUndeclaredInput } from './validation/undeclared-input.js';
import { validationPipe } from './validation/validation.pipe.js';

/** Everything about HTTP that is not in a controller; main.ts and the e2e tests call it before `init` or `listen`. */
export async function configureHttp(
  app: NestFastifyApplication,
  environment: Pick<Environment, 'NODE_ENV' | 'BODY_LIMIT_BYTES' | 'MAX_CONNECTIONS' | 'SWAGGER_ENABLED'>,
): Promise<void> {
  useBasePath(app);
  app.useGlobalPipes(validationPipe());
  app.useGlobalInterceptors(new RefuseUndeclaredInput());
  app.useGlobalFilters(new ProblemFilter());
  const fastify = app.getHttpAdapter().getInstance();
  addRequestHooks(fastify);
  const limits = app.get(RateLimits);
  countAddresses(fastify, limits);
  watchRefusedUrls(fastify, {
    onArrival: (request, reply) => limits.arrive(reply, addressOf(request)),
    onAnswer: logRequest,
  });
  guardBodies(fastify, app.get(TokenAccess));
  limitArrival(fastify);
  refuseOversizedBodies(fastify, environment.BODY_LIMIT_BYTES);
  refuseUnsafeQueries(fastify);
  await app.register(helmet, securityHeaders());
  readJsonOnly(app, environment.BODY_LIMIT_BYTES);
  streamBodies(fastify);
  drainUnreadBodies(fastify);
  limitConnections(fastify, environment.MAX_CONNECTIONS);
  if (!environment.SWAGGER_ENABLED) return;
  // On a laptop nobody shall need a token to read what the API is, nor paste it in again and again.
  const isProduction = environment.NODE_ENV === 'production';
  if (isProduction) guardPages(fastify, DOCS_PATH, app.get(TokenAccess), { role: 'viewer' });
  servePageFilesOnly(fastify, DOCS_PATH);
  declareCharset(fastify, DOCS_PATH);
  serveOpenApi(app, !isProduction);
}

/** The probes answer outside it. */
export function useBasePath(app: NestFastifyApplication): void {
  app.setGlobalPrefix(BASE_PATH, { exclude: [...PROBES] });
}

/** The application is created with `bodyParser: false`: forms and plain texts are no bodies of this API. */
function readJsonOnly(app: NestFastifyApplication, bodyLimit: number): void {
  app.getHttpAdapter().getInstance().removeAllContentTypeParsers();
  app.useBodyParser('application/json', { bodyLimit }, (_request, body, done) => {
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
}
