import { trace } from '@opentelemetry/api';
import { Logger } from '@nestjs/common';
import type { Environment } from '../config/environment.js';
import { handToSdk } from '../config/sdk-variables.js';
import { RELEASE } from '../metrics/release.js';
import { withTimeLimit } from '../queue/time-limit.js';
import { traceWith } from './spans.js';
import { wantsTraces } from './switch.js';

const logger = new Logger('Traces');

/** Milliseconds for the last spans of a process: a collector that is away must not hold up its end. */
const LAST_SPANS_MS = 1_000;

/**
 * Switches traces on where the environment asks for them, and loads what they need then alone; called before any module
 * is built. What is returned sends the spans that are left, and never throws.
 */
export async function startTracing(service: 'api' | 'worker', environment: Environment): Promise<() => Promise<void>> {
  if (!wantsTraces(environment)) return () => Promise.resolve();
  handToSdk(environment);
  const { startSdk } = await import('./sdk.js');
  const end = startSdk(`ai-training-${service}`);
  traceWith(trace.getTracer('ai-training', RELEASE));
  return () => withTimeLimit(end(), LAST_SPANS_MS, 'Sending them').catch(tellLost);
}

function tellLost({ message }: Error): void {
  logger.warn({ msg: 'The last spans were not sent', reason: message });
}
