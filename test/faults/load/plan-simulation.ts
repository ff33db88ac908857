import type { Chance } from '../chance.js';
import type { Capabilities } from './capabilities.js';

interface SimulationPlan {
  body: { seed: number; epochMs: number; faults?: { kind: string; atEpoch: number; attempts?: number }[] };
  mayFailWith: string[];
  /** Milliseconds of training, when nothing happens. */
  expectedMs: number;
  /** Attempts it is given, where that is not for chance to say. */
  maxAttempts?: number;
}

interface Misbehaviour {
  kind: string;
  share: number;
  mayFailWith: string[];
  attempts: number | undefined;
  maxAttempts?: number;
}

/** Ways in which a job misbehaves of itself: how often, and what it may then fail with. */
const MISBEHAVIOURS: readonly Misbehaviour[] = [
  { kind: 'fail', share: 0.05, mayFailWith: ['simulated_failure'], attempts: 1 },
  { kind: 'stall', share: 0.03, mayFailWith: ['progress_timeout'], attempts: 1 },
  { kind: 'diverge', share: 0.03, mayFailWith: [], attempts: undefined },
  { kind: 'crash', share: 0.02, mayFailWith: [], attempts: 1 },
  // Takes every worker with it, whoever has it: given up in the end.
  { kind: 'crash', share: 0.005, mayFailWith: ['worker_lost'], attempts: 100, maxAttempts: 2 },
  { kind: 'transient_failure', share: 0.08, mayFailWith: [], attempts: 2 },
];

export function planSimulation(chance: Chance, epochs: number, capabilities: Capabilities): SimulationPlan {
  // Most are quick; the slow ones are under way when something strikes.
  const epochMs = chance.yes(0.4) ? chance.int(100, 400) : chance.int(0, 60);
  const body = { seed: chance.int(0, 1_000_000), epochMs };
  const expectedMs = epochs * epochMs;
  let draw = chance.real(0, 1);
  for (const { kind, share, mayFailWith, attempts, maxAttempts } of MISBEHAVIOURS) {
    if (kind === 'transient_failure' && !capabilities.transientFailure) continue;
    if ((draw -= share) >= 0) continue;
    const faults = [{ kind, atEpoch: chance.int(1, epochs), ...(attempts ? { attempts } : {}) }];
    return { body: { ...body, faults }, mayFailWith, expectedMs, ...(maxAttempts ? { maxAttempts } : {}) };
  }
  return { body, mayFailWith: [], expectedMs };
}
