import type { Pool } from 'pg';
import type { Environment } from '../../src/config/environment.js';
import type { BlockWriter } from '../../src/modules/training/blocks/block.writer.js';
import { Recorder } from '../../src/modules/training/recorder/recorder.js';
import { type Racing, reportOf } from './running-jobs.js';

/** As they come. */
export const SETTINGS = { LEASE_MS: 30_000, RECORDER_WINDOW_MS: 5, RECORDER_MAX_ROWS: 1_000 };

/** Each epoch is a flush of its own. */
export const WITHOUT_GROUP_COMMIT = { ...SETTINGS, RECORDER_MAX_ROWS: 1 };

/** Writes a run's next epoch through a recorder that these runs share. */
export function recording(pool: Pool, settings: typeof SETTINGS, runs: readonly Racing[], blocks?: BlockWriter) {
  const recorder = new Recorder(pool, settings as Environment);
  for (const { run } of runs) recorder.open(run);
  const timeRemaining = { estimated: 1_000, low: 900, high: 1_100 };
  return async ({ run, epoch }: Racing): Promise<void> => {
    const outcome = await recorder.record(run, { epoch: reportOf(epoch), batch: 10, timeRemaining });
    if (outcome !== 'written') throw new Error(`Epoch ${epoch} of ${run.id} was ${outcome}`);
    blocks?.committed(run.id, epoch);
  };
}
