/** Ways in which a simulated run can be told to misbehave. */
export enum FaultKind {
  Diverge = 'diverge',
  Plateau = 'plateau',
  Overfit = 'overfit',
  AccuracyDrop = 'accuracy_drop',
  SlowEpochs = 'slow_epochs',
  Fail = 'fail',
  TransientFailure = 'transient_failure',
  Crash = 'crash',
  Stall = 'stall',
  OutOfMemory = 'out_of_memory',
}

/** Faults that harm a whole worker process, and so every run in it. */
export const PROCESS_FAULTS: readonly FaultKind[] = [FaultKind.Crash, FaultKind.Stall, FaultKind.OutOfMemory];

export interface Fault {
  kind: FaultKind;
  /** Strikes before this epoch is reported, from 1. */
  atEpoch: number;
  /** Strikes in the first so many attempts of the run; default 1, so that a recovered run gets past it. */
  attempts?: number;
}

/** What a job may ask of the simulator; real engines ignore it. */
export interface Simulation {
  /** 0 to 2³²−1; the same seed gives the same curve. Default: derived from the job's id. */
  seed?: number;
  /** Milliseconds an epoch takes; 0 is as fast as the machine can. */
  epochMs?: number;
  faults?: Fault[];
}
