import { HttpException } from '@nestjs/common';
import { DomainError } from '../../errors/domain.error.js';
import { isDatabaseAway } from './database-away.js';
import { frameworkProblem } from './framework-problem.js';
import { isStorageAway } from './storage-away.js';
import { INTERNAL_ERROR, type Problem, STATUS_OF_KIND } from './problem.js';

/** The one place that turns an error into an HTTP status. What it does not know stays opaque. */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) {
    return { status: STATUS_OF_KIND[error.kind], code: error.code, detail: error.message, ...error.details };
  }
  if (error instanceof HttpException) {
    return frameworkProblem(error.getStatus(), (error.cause as { code?: unknown } | undefined)?.code);
  }
  if (isDatabaseAway(error)) {
    return { status: 503, code: 'database_unavailable', detail: 'The database cannot be reached; try again.' };
  }
  if (isStorageAway(error)) {
    return { status: 503, code: 'storage_unavailable', detail: 'The store cannot be used just now; try again.' };
  }
  return INTERNAL_ERROR;
}
