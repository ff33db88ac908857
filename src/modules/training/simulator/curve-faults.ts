import { type Fault, FaultKind } from '../../jobs/simulation/simulation.js';
import type { TrainingSpec } from '../trainer.js';

/** Faults that bend the curve. They strike in every attempt, so that what is learnt does not depend on it. */
const CURVE_FAULTS: readonly FaultKind[] = [FaultKind.Diverge, FaultKind.Plateau, FaultKind.Overfit];

/** First epoch of each curve fault; Infinity where it was not asked for. */
export interface CurveFaults {
  diverge: number;
  plateau: number;
  overfit: number;
}

export function curveFaultsOf(spec: TrainingSpec): CurveFaults {
  const first = (kind: FaultKind) => Math.min(...faultsOf(spec, kind).map((fault) => fault.atEpoch), Infinity);
  return {
    diverge: first(FaultKind.Diverge),
    plateau: first(FaultKind.Plateau),
    overfit: first(FaultKind.Overfit),
  };
}

/** The curve faults of a run, without what cannot alter its result; in a fixed order. */
export function effectiveCurveFaults(spec: TrainingSpec): { kind: FaultKind; atEpoch: number }[] {
  const faults = curveFaultsOf(spec);
  return CURVE_FAULTS.map((kind) => ({ kind, atEpoch: faults[kind as keyof CurveFaults] })).filter(({ atEpoch }) =>
    Number.isFinite(atEpoch),
  );
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

function faultsOf(spec: TrainingSpec, kind: FaultKind): Fault[] {
  return (spec.simulation?.faults ?? []).filter((fault) => fault.kind === kind);
}
