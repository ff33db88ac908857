import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEX = 'training_jobs_history_kept';

/** Whether it is there; false: a try that was broken off left it, and nothing uses it. */
const IS_VALID = `SELECT indisvalid AS "isValid" FROM pg_index WHERE indexrelid = to_regclass('${INDEX}')`;

/**
 * Runs by their end, as retention looks for them. Outside a transaction, and without a lock that others would wait for;
 * it waits itself, for every transaction that was there before. None of its columns changes while a run trains, or each
 * epoch would have to touch it.
 */
export class HistoryKept1806000000000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET lock_timeout = 0');
    const [index] = (await runner.query(IS_VALID)) as { isValid: boolean }[];
    if (index?.isValid === false) await runner.query(`DROP INDEX CONCURRENTLY ${INDEX}`);
    if (index?.isValid !== true) {
      await runner.query(`CREATE INDEX CONCURRENTLY ${INDEX} ON training_jobs (completed_at)
        WHERE completed_at IS NOT NULL AND history_removed_at IS NULL`);
    }
    await runner.query('RESET lock_timeout');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${INDEX}`);
  }
}
