import pg from 'pg';
import { databaseAtHand } from '../standalone/database-at-hand.js';
import { readEnvironment } from '../config/environment.js';
import { readChain, readHeads } from '../modules/audit/read-chain.js';
import { firstBreak } from '../modules/audit/verify-chain.js';

/** `npm run audit:verify`: looks for entries of the audit that were altered or removed. Ends with 1 if there are any. */
async function verify(client: pg.Client): Promise<void> {
  await client.connect();
  // One moment: entries that are added meanwhile do not look like a chain without an end.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  for (const { tenant, ...head } of await readHeads(client)) {
    const broken = await firstBreak(readChain(client, tenant), head);
    if (broken) process.exitCode = 1;
    const found = broken ? `BROKEN at entry ${broken.number}: ${broken.reason}` : 'intact';
    console.log(`${JSON.stringify(tenant)}: ${found}; ${head.number} entries, head ${head.hash}`);
  }
}

try {
  const database = await databaseAtHand(readEnvironment());
  const client = new pg.Client(database.url);
  try {
    await verify(client);
  } finally {
    await client.end();
    await database.stop();
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
