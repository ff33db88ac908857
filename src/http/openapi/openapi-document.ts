import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { operationId } from './operation-id.js';
import { withRawBodies } from './raw-bodies.js';
import { ProblemResponse } from '../problem/problem.response.js';

const DESCRIPTION = `Datasets go in, training jobs run on workers, versioned models come out.

- **Tokens**: every operation needs a bearer token, but for \`/livez\` and \`/readyz\`. \`npm run -s token\` prints one; paste it into *Authorize*. Each operation names the least role that is enough: \`viewer\` reads, \`trainer\` works on datasets and jobs, \`admin\` deploys and deletes.
- **Times** are ISO 8601 in UTC, **durations** milliseconds. A field without a value is absent, never null.
- **Lists** are pages: follow \`nextCursor\` with the same filters. A filter may be repeated, and then means any of its values.
- **Errors** are \`application/problem+json\` (RFC 9457); act on \`code\`, which is stable, and show \`detail\` to people. Each answer carries the request's id in \`X-Request-Id\`.`;

/** The OpenAPI document of an application; the same for every build and environment. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.0.3')
    .setTitle('AI Training Platform')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From `npm run -s token`.' },
      'token',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemResponse],
    operationIdFactory: operationId,
  });
  return withRawBodies(document);
}
