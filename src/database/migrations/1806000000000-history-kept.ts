import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeIndexes } from './make-indexes.js';

/** None of its columns changes while a run trains, or each epoch would have to touch it. */
const INDEXES = {
  training_jobs_history_kept: `training_jobs (completed_at)
    WHERE completed_at IS NOT NULL AND history_removed_at IS NULL`,
};

/** Runs by their end, as retention looks for them. */
export class HistoryKept1806000000000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await makeIndexes(runner, INDEXES);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX ${name}`);
  }
}
