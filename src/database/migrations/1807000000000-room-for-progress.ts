import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Room beside each job for the versions of its row that are still seen while a run trains: an epoch then changes its row
 * in place, and none of the table's sixteen indexes (docs/decisions/0030). For rows that come; there are few that train.
 */
export class RoomForProgress1807000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE training_jobs SET (fillfactor = 40)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE training_jobs RESET (fillfactor)');
  }
}
