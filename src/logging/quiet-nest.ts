import type { LoggerService } from '@nestjs/common';

/**
 * What Nest says about its own start: each module and each route, and a failure with its stack before it throws the
 * same failure. An operator is told once, in a line, by whoever starts the process.
 */
const OF_NEST = new Set([
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'ExceptionHandler',
]);

const METHODS = ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'] as const;

/** The logger without Nest's lines about its own start. */
export function quietNest(logger: LoggerService): LoggerService {
  const quiet = METHODS.map((method) => [
    method,
    (message: unknown, ...rest: unknown[]) => {
      if (!OF_NEST.has(String(rest.at(-1)))) logger[method]?.(message, ...rest);
    },
  ]);
  return Object.fromEntries(quiet) as LoggerService;
}
