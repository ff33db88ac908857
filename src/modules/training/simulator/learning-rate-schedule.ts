import type { TrainingSpec } from '../trainer.js';
import { numberOf } from './settings.js';

/** The learning rate of an epoch, from 1. Never 0. A forest has none: its trees count whole, which is a rate of 1. */
export function scheduledRate(spec: TrainingSpec, epoch: number): number {
  const base = numberOf(spec, 'learningRate', 1);
  const warmup = numberOf(spec, 'warmupEpochs');
  if (epoch <= warmup) return (base * epoch) / warmup;
  const elapsed = (epoch - warmup - 1) / Math.max(1, numberOf(spec, 'epochs', 1) - warmup);
  return base * decay(spec.hyperparameters.learningRateSchedule, elapsed);
}

/** What is left of the rate after a share of the run, 0 ≤ elapsed < 1. */
function decay(schedule: unknown, elapsed: number): number {
  switch (schedule) {
    case 'step':
      // A tenth after each third, as residual networks were first trained (He et al. 2015).
      return 0.1 ** Math.floor(3 * elapsed);
    case 'exponential':
      return 0.01 ** elapsed;
    case 'cosine':
      // Loshchilov & Hutter 2016, eq. 5, without restarts; kept off 0, which nothing is learnt at.
      return Math.max(1e-6, (1 + Math.cos(Math.PI * elapsed)) / 2);
    default:
      return 1;
  }
}
