import { withTimeLimit } from '../../queue/time-limit.js';
import { type ComponentHealth, HealthStatus } from './health-state.js';

/** Milliseconds a part may take to answer. */
const TIME_LIMIT_MS = 2_000;

/** Runs a check under a time limit. It resolves to a complaint, or to null when all is well; why it failed stays here. */
export async function probe(check: () => Promise<string | null>): Promise<ComponentHealth> {
  const from = performance.now();
  const complaint = await withTimeLimit(check(), TIME_LIMIT_MS, 'The check').catch(() => 'does not answer');
  const latency = Math.round((performance.now() - from) * 10) / 10;
  if (complaint === null) return { status: HealthStatus.Healthy, latency };
  return { status: HealthStatus.Unhealthy, latency, detail: complaint };
}
