import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a look at the queue goes by: interrupted runs in their order, and the runs that a worker has. */
export class QueueView1796200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX training_jobs_interrupted ON training_jobs (priority, enqueued_at)
       WHERE phase IN ('recovering', 'retry_wait')`,
    );
    await runner.query(
      `CREATE INDEX training_jobs_held ON training_jobs (worker_id) WHERE status = 'running' AND worker_id IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX training_jobs_held');
    await runner.query('DROP INDEX training_jobs_interrupted');
  }
}
