import { Logger } from '@nestjs/common';
import { INTERNAL_ERROR, type Problem } from './problem.js';

const logger = new Logger('Http');

/** Logs what is the platform's own failure: with its stack where nobody expected it. Others' mistakes are none. */
export function reportFailure(error: unknown, problem: Problem, requestId: string): void {
  const line = { msg: 'Request failed', code: problem.code, requestId };
  if (problem === INTERNAL_ERROR) logger.error({ ...line, err: error });
  else if (problem.status >= 500) logger.warn({ ...line, reason: (error as Error).message });
}
