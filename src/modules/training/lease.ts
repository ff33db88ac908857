import type { Recorder } from './recorder/recorder.js';
import { HEARTBEAT } from './recorder/change.js';
import type { Run } from './run.js';
import { leaseRenewals } from './training.metrics.js';

/**
 * Renews a run's lease every third of it, from claim to release, whatever the trainer is doing. `onRefused` hears of
 * a renewal that the row's guard did not let through.
 */
export function keepLease(run: Run, recorder: Recorder, leaseMs: number, onRefused: () => void): () => void {
  let renewing = false;
  const timer = setInterval(() => {
    if (renewing) return;
    renewing = true;
    recorder
      .record(run, HEARTBEAT)
      .then(
        (outcome) => {
          leaseRenewals.inc({ outcome: outcome === 'refused' ? 'refused' : 'renewed' });
          if (outcome === 'refused') onRefused();
        },
        () => {
          leaseRenewals.inc({ outcome: 'refused' });
          onRefused();
        },
      )
      .finally(() => (renewing = false));
  }, leaseMs / 3);
  return () => clearInterval(timer);
}
