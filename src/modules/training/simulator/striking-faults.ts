import { FaultKind } from '../../jobs/simulation/simulation.js';
import type { TrainingSpec } from '../trainer.js';
import { PassingFailureError, TrainingFailedError } from '../training.errors.js';
import { untilAborted } from './interruptible-wait.js';
import type { ProcessHarm } from './process-harm.js';

/** Lets strike what is to strike before an epoch is reported, in the order asked for; mostly nothing. */
export async function strike(spec: TrainingSpec, epoch: number, harm: ProcessHarm, signal: AbortSignal): Promise<void> {
  for (const { kind, atEpoch, attempts = 1 } of spec.simulation?.faults ?? []) {
    if (atEpoch !== epoch || spec.attempt > attempts) continue;
    switch (kind) {
      case FaultKind.Fail:
        throw new TrainingFailedError('simulated_failure', `The simulated run failed at epoch ${epoch}, as asked for.`);
      case FaultKind.TransientFailure: {
        const message = `The simulated run failed at epoch ${epoch}, as asked for, in a way that may pass.`;
        throw new PassingFailureError('simulated_transient_failure', message);
      }
      case FaultKind.Crash:
        harm.crash();
        return untilAborted(signal);
      case FaultKind.OutOfMemory:
        harm.outOfMemory();
        return untilAborted(signal);
      case FaultKind.Stall:
        return untilAborted(signal);
      default: // The others bend the curve.
    }
  }
}
