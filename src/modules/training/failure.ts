import { DomainError } from '../../errors/domain.error.js';
import { PassingFailureError, TrainingFailedError } from './training.errors.js';

/** What clients are told of a failed attempt, and whether another one may fare better. */
export interface Failure {
  code: string;
  message: string;
  mayPass: boolean;
}

/** The text of an unknown error stays in the log; as nobody knows what it was, it may pass. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TrainingFailedError || error instanceof DomainError) {
    return { code: error.code, message: error.message, mayPass: error instanceof PassingFailureError };
  }
  const message = 'Training ended on an unexpected error; the worker log has it.';
  return { code: 'internal_error', message, mayPass: true };
}
