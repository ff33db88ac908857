import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Runs by their end, as retention looks for them. Outside a transaction, so that nobody waits while it is made; it waits
 * itself, for every transaction that was there before. None of its columns changes while a run trains, or each epoch
 * would have to touch it.
 */
export class HistoryKept1806000000000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET lock_timeout = 0');
    // What was begun and broken off leaves an index that nobody uses.
    await runner.query('DROP INDEX IF EXISTS training_jobs_history_kept');
    await runner.query(`CREATE INDEX CONCURRENTLY training_jobs_history_kept ON training_jobs (completed_at)
      WHERE completed_at IS NOT NULL AND history_removed_at IS NULL`);
    await runner.query('RESET lock_timeout');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX training_jobs_history_kept');
  }
}
