import { setTimeout as wait } from 'node:timers/promises';
import { remedyFor } from '../../database/remedy.js';
import { TrainingFailedError } from './training.errors.js';

const RETRY_MS = 500;

/**
 * Does a piece of work on the database again and again while the database is away; what a run came to must not be lost
 * to an outage. `again`: an earlier try may have been committed although its answer was lost. Throws what no waiting
 * mends.
 */
export async function persistently<T>(
  work: (again: boolean) => Promise<T>,
  onTrouble: (reason: string) => void = () => {},
): Promise<T> {
  for (let again = false; ; again = true) {
    try {
      return await work(again);
    } catch (error) {
      if (error instanceof TrainingFailedError || remedyFor(error) !== 'retry') throw error;
      onTrouble((error as Error).message);
      await wait(RETRY_MS);
    }
  }
}
