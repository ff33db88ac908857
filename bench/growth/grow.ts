import pg from 'pg';
import type { TestDatabase } from '../../test/support/database.js';
import { TALLY_ALL } from '../../src/database/migrations/1814000000000-read-without-growing.js';
import { noteWhatModelsHave } from '../../src/database/migrations/1817000000000-models-found.js';
import { ROWS, UNFINISHED } from './rows.statements.js';

/** Jobs of one statement, so that none takes long or much. */
const AT_ONCE = 50_000;

/** Fills the tables up to so many jobs. Past triggers and foreign keys, which would take most of the time. */
export async function grow(database: TestDatabase, from: number, to: number): Promise<void> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    await client.query(`SET session_replication_role = 'replica'`);
    for (let begin = from; begin < to; begin += AT_ONCE) {
      for (const statement of ROWS) await client.query(statement, [begin, Math.min(to, begin + AT_ONCE)]);
    }
    if (from === 0) for (const statement of UNFINISHED) await client.query(statement);
    await client.query('TRUNCATE tallies, tally_changes');
    await client.query(TALLY_ALL);
    await noteWhatModelsHave(async (text, values) => (await client.query(text, values)).rows);
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}
