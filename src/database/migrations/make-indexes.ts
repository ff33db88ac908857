import type { QueryRunner } from 'typeorm';

/** $1 an index. Whether it is there; false: a try that was broken off left it, and nothing uses it. */
const IS_VALID = `SELECT indisvalid AS "isValid" FROM pg_index WHERE indexrelid = to_regclass($1)`;

/**
 * Makes indexes, by name, of migrations outside a transaction: without a lock that others would wait for. It waits itself,
 * for every transaction that was there before.
 */
export async function makeIndexes(runner: QueryRunner, indexes: Readonly<Record<string, string>>): Promise<void> {
  await runner.query('SET lock_timeout = 0');
  for (const [name, on] of Object.entries(indexes)) {
    const [index] = (await runner.query(IS_VALID, [name])) as { isValid: boolean }[];
    if (index?.isValid === false) await runner.query(`DROP INDEX CONCURRENTLY ${name}`);
    if (index?.isValid !== true) await runner.query(`CREATE INDEX CONCURRENTLY ${name} ON ${on}`);
  }
  await runner.query('RESET lock_timeout');
}
