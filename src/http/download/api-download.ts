import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { ProblemCodes } from '../openapi/api-problems.js';

/** What an operation that sends a file may answer beside. */
export const DOWNLOAD_PROBLEMS: ProblemCodes = { 416: ['range_not_satisfiable'], 503: ['storage_unavailable'] };

const BINARY = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;

/** Documents an answer that is a file. */
export function ApiDownload(): MethodDecorator {
  return applyDecorators(
    ApiProduces('application/octet-stream'),
    ApiHeader({ name: 'Range', required: false, description: 'One range of bytes, such as `bytes=0-1023`.' }),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'The entity tag of what is there already.' }),
    ApiResponse({ status: 200, description: 'The file.', content: BINARY }),
    ApiResponse({ status: 206, description: 'The part of it that was asked for.', content: BINARY }),
    ApiResponse({ status: 304, description: 'What is there already is the file.' }),
  );
}
