import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Least and greatest values of each 256 epochs. Histories from before have none, and are read epoch by epoch. */
export class ProgressBlocks1812000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE training_progress_blocks (
      job_id text NOT NULL,
      block integer NOT NULL,
      tenant_id text NOT NULL,
      min_loss double precision NOT NULL,
      max_loss double precision NOT NULL,
      min_validation_loss double precision NOT NULL,
      max_validation_loss double precision NOT NULL,
      min_accuracy double precision,
      max_accuracy double precision,
      min_learning_rate double precision NOT NULL,
      max_learning_rate double precision NOT NULL,
      min_loss_epoch integer NOT NULL,
      max_loss_epoch integer NOT NULL,
      min_validation_loss_epoch integer NOT NULL,
      max_validation_loss_epoch integer NOT NULL,
      min_accuracy_epoch integer,
      max_accuracy_epoch integer,
      min_learning_rate_epoch integer NOT NULL,
      max_learning_rate_epoch integer NOT NULL,
      CONSTRAINT training_progress_blocks_pkey PRIMARY KEY (job_id, block),
      CONSTRAINT training_progress_blocks_job_fkey FOREIGN KEY (job_id) REFERENCES training_jobs(id) ON DELETE CASCADE
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE training_progress_blocks');
  }
}
