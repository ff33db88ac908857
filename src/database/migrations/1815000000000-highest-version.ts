import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Locks a model and tells its highest number, null without one. A function's queries see what was committed before each
 * of them, unlike those of the statement that calls it: whoever waited for the lock sees the number given meanwhile.
 */
const CREATE = `CREATE FUNCTION lock_highest_version(tenant text, model text) RETURNS integer[] LANGUAGE plpgsql AS $$
  DECLARE highest integer[];
  BEGIN
    PERFORM FROM models WHERE tenant_id = tenant AND id = model FOR NO KEY UPDATE;
    SELECT ARRAY[major, minor, patch] INTO highest FROM model_versions
    WHERE tenant_id = tenant AND model_id = model AND major IS NOT NULL
    ORDER BY major DESC, minor DESC, patch DESC LIMIT 1;
    RETURN highest;
  END $$`;

/** Lets a run complete in one statement. */
export class HighestVersion1815000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION lock_highest_version');
  }
}
