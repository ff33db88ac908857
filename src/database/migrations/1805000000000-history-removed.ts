import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the epochs of a run are still there. */
export class HistoryRemoved1805000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE training_jobs ADD COLUMN history_removed_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE training_jobs DROP COLUMN history_removed_at');
  }
}
