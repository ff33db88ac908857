import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONTENT = [
  'content_key text',
  'content_bytes bigint',
  'content_sha256 text',
  'content_name text',
  'uploaded_at timestamptz',
  'derived_from text',
  'problems jsonb',
  'losses integer NOT NULL DEFAULT 0',
];

/** The bytes that a dataset has in the platform, what a worker measured of them, and what jobs remember of it. */
export class DatasetContent1797000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE training_datasets ${CONTENT.map((column) => `ADD COLUMN ${column}`).join(', ')},
        ADD CONSTRAINT training_datasets_content_check CHECK (
          (content_key IS NULL) = (content_bytes IS NULL) AND (content_key IS NULL) = (content_sha256 IS NULL))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX training_datasets_content ON training_datasets (content_key) WHERE content_key IS NOT NULL`,
    );
    await runner.query(`CREATE TABLE dataset_profiles (
      dataset_id text NOT NULL,
      profile jsonb NOT NULL,
      preview jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT dataset_profiles_pkey PRIMARY KEY (dataset_id)
    )`);
    await runner.query(`ALTER TABLE dataset_profiles ADD CONSTRAINT dataset_profiles_dataset_fkey
      FOREIGN KEY (dataset_id) REFERENCES training_datasets(id) ON DELETE CASCADE`);
    await runner.query('ALTER TABLE training_jobs ADD COLUMN dataset_sha256 text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE training_jobs DROP COLUMN dataset_sha256');
    await runner.query('DROP TABLE dataset_profiles');
    await runner.query('DROP INDEX training_datasets_content');
    await runner.query(
      `ALTER TABLE training_datasets DROP CONSTRAINT training_datasets_content_check,
        ${CONTENT.map((column) => `DROP COLUMN ${column.split(' ')[0]}`).join(', ')}`,
    );
  }
}
