import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { ProblemCodes } from '../openapi/api-problems.js';

/** What an operation that sends a file may answer beside. */
export const DOWNLOAD_PROBLEMS: ProblemCodes = { 416: ['range_not_satisfiable'], 503: ['storage_unavailable'] };

/** Any media type: that of the file. */
const FILE = { '*/*': { schema: { type: 'string', format: 'binary' } } } as const;

const header = (description: string) => ({ description, schema: { type: 'string' as const } });
const HEADERS = {
  ETag: header('The sha256 of the whole file, in hexadecimal and quotes.'),
  'Repr-Digest': header('The same as RFC 9530 has it: `sha-256=:<base64>:`.'),
  'Content-Disposition': header('A name to save it under.'),
  'Accept-Ranges': header('`bytes`.'),
};
const RANGE = { 'Content-Range': header('Which bytes these are, and of how many.') };

/** Documents an answer that is a file. */
export function ApiDownload(): MethodDecorator {
  return applyDecorators(
    ApiProduces('*/*'),
    ApiHeader({ name: 'Range', required: false, description: 'One range of bytes, such as `bytes=0-1023`.' }),
    ApiHeader({
      name: 'If-Range',
      required: false,
      description: 'The range is for the file with this entity tag alone.',
    }),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'The entity tag of what is there already.' }),
    ApiResponse({ status: 200, description: 'The file.', content: FILE, headers: HEADERS }),
    ApiResponse({
      status: 206,
      description: 'The part of it that was asked for.',
      content: FILE,
      headers: { ...HEADERS, ...RANGE },
    }),
    ApiResponse({ status: 304, description: 'What is there already is the file.' }),
  );
}
