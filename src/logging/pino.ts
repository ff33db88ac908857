import pino, { type Logger, type LoggerOptions } from 'pino';
import { traceIdIn } from '../tracing/trace-parent.js';
import { logContext } from './request-context.js';

/** Replaced wherever they may turn up in a logged object. */
const SECRETS = [
  'authorization',
  'password',
  'secret',
  'token',
  'req.headers.authorization',
  'req.headers.cookie',
  '*.authorization',
  '*.password',
  '*.secret',
  '*.token',
];

/** Of a trace its id, by which the trace's spans are found. */
function saidOfContext() {
  const { traceParent, ...said } = logContext();
  return traceParent === undefined ? said : { ...said, traceId: traceIdIn(traceParent) };
}

export function pinoOptions(service: string, level: string): LoggerOptions {
  return {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS, censor: '[redacted]' },
    mixin: saidOfContext,
    formatters: { level: (label) => ({ level: label }) },
  };
}

/** JSON lines, or for reading when standard output is a terminal. */
export async function createPino(service: string, level: string): Promise<Logger> {
  const options = pinoOptions(service, level);
  if (!process.stdout.isTTY) return pino(options);
  // Three MiB that nobody but a person at a terminal has any use for.
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ colorize: true, ignore: 'pid,hostname,service', translateTime: 'SYS:HH:MM:ss.l' }));
}
