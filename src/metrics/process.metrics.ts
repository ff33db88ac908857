import { collectDefaultMetrics } from 'prom-client';
import { gauge, registry } from './registry.js';
import { RELEASE } from './release.js';

const info = gauge({
  name: 'build_info',
  help: 'Always 1; the labels tell which release runs, as what.',
  labels: ['version', 'service'],
});

/** What Node.js knows of the process, and which release it is. */
export function measureProcess(service: 'api' | 'worker'): void {
  collectDefaultMetrics({ register: registry });
  info.set({ version: RELEASE, service }, 1);
}
