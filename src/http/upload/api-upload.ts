import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader } from '@nestjs/swagger';
import type { ProblemCodes } from '../openapi/api-problems.js';

/** What an operation that takes a file may answer beside. */
export const UPLOAD_PROBLEMS: ProblemCodes = {
  400: ['content_empty', 'upload_interrupted', 'digest_malformed', 'digest_mismatch', 'multipart_malformed'],
  408: ['upload_stalled'],
  413: ['content_too_large'],
  415: ['content_encoding_unsupported'],
  503: ['storage_unavailable'],
};

/** Documents a body that is a file, or a form with one. */
export function ApiUpload(): MethodDecorator {
  return applyDecorators(
    ApiConsumes('multipart/form-data', 'application/octet-stream'),
    ApiBody({
      required: true,
      schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
    }),
    ApiHeader({
      name: 'Content-Digest',
      required: false,
      description:
        'RFC 9530: `sha-256=:<base64>:`. The body is refused when its digest is another; other algorithms are ignored.',
    }),
    ApiHeader({ name: 'Digest', required: false, description: 'The same as RFC 3230 has it: `sha-256=<base64>`.' }),
  );
}
