import type { EpochReport } from '../../src/modules/training/trainer.js';
import type { RunProtocol } from '../../src/modules/training/run.protocol.js';
import type { Run } from '../../src/modules/training/run.js';
import type { Change } from '../../src/modules/training/recorder/change.js';

export const LEASE_MS = 30_000;

/** Claims a job for a new attempt; fails the test when it cannot be claimed. */
export async function claimed(protocol: RunProtocol, jobId: string, generation = 1): Promise<Run> {
  const run = await protocol.claim(jobId, generation, 'worker_test', LEASE_MS);
  if (!run) throw new Error(`Job ${jobId} could not be claimed`);
  return run;
}

export function epochReport(epoch: number, overrides: Partial<EpochReport> = {}): EpochReport {
  const measured = { loss: 1 / epoch, validationLoss: 1.1 / epoch, accuracy: 1 - 0.5 / epoch, learningRate: 0.001 };
  return { kind: 'epoch', epoch, ...measured, checkpoint: { epoch }, ...overrides };
}

/** What the recorder is handed when an epoch ends. */
export function epochChange(epoch: number, overrides: Partial<EpochReport> = {}): Change {
  return { epoch: epochReport(epoch, overrides), timeRemaining: { estimated: 0, low: 0, high: 0 }, batch: 10 };
}
