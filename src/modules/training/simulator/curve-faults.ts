import { FaultKind } from '../../jobs/simulation/simulation.js';
import type { TrainingSpec } from '../trainer.js';
import { taskOf } from './task.js';

/** Faults that bend the curve. They strike in every attempt, so that what is learnt does not depend on it. */
const CURVE_FAULTS = [FaultKind.Diverge, FaultKind.Plateau, FaultKind.Overfit, FaultKind.AccuracyDrop] as const;

/** First epoch of each curve fault; Infinity where it was not asked for, or has nothing to act on. */
export type CurveFaults = Record<(typeof CURVE_FAULTS)[number], number>;

/** What is left of the accuracy. */
const ACCURACY_LEFT = 0.6;

export function curveFaultsOf(spec: TrainingSpec): CurveFaults {
  const hasClasses = taskOf(spec.dataset).classes > 0;
  return {
    [FaultKind.Diverge]: firstEpoch(spec, FaultKind.Diverge),
    [FaultKind.Plateau]: firstEpoch(spec, FaultKind.Plateau),
    [FaultKind.Overfit]: firstEpoch(spec, FaultKind.Overfit),
    [FaultKind.AccuracyDrop]: hasClasses ? firstEpoch(spec, FaultKind.AccuracyDrop) : Infinity,
  };
}

/** The curve faults of a run, without what cannot alter its result; in a fixed order. */
export function effectiveCurveFaults(spec: TrainingSpec): { kind: FaultKind; atEpoch: number }[] {
  const faults = curveFaultsOf(spec);
  return CURVE_FAULTS.map((kind) => ({ kind, atEpoch: faults[kind] })).filter(({ atEpoch }) =>
    Number.isFinite(atEpoch),
  );
}

/** Share of the right predictions that an epoch keeps. */
export function accuracyLeft(faults: CurveFaults, epoch: number): number {
  return epoch >= faults[FaultKind.AccuracyDrop] ? ACCURACY_LEFT : 1;
}

/** Factors on the training and the validation loss. Overfitting goes on learning by heart while validation suffers. */
export function distortion(faults: CurveFaults, epoch: number): { training: number; validation: number } {
  const overfitFor = Math.max(0, epoch - faults.overfit + 1);
  const divergedFor = Math.max(0, epoch - faults.diverge + 1);
  const explosion = Math.exp(Math.min(30, 0.35 * divergedFor));
  return {
    training: explosion * (0.3 + 0.7 * Math.exp(-overfitFor / 20)),
    validation: explosion * Math.min(6, 1 + 0.04 * overfitFor),
  };
}

/** The epoch from which on a fault of this kind was asked for; Infinity where it was not. */
export function firstEpoch(spec: TrainingSpec, kind: FaultKind): number {
  const faults = (spec.simulation?.faults ?? []).filter((fault) => fault.kind === kind);
  return Math.min(...faults.map(({ atEpoch }) => atEpoch), Infinity);
}
