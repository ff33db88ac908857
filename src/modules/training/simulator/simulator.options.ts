import type { ProcessHarm } from './process-harm.js';

export interface SimulatorOptions {
  /** Milliseconds an epoch takes where a job does not say. */
  epochMs: number;
  /** Whether jobs may ask for faults that harm the whole worker process. */
  processFaults: boolean;
  /** For tests. */
  harm?: ProcessHarm;
}
