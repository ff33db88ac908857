import pg from 'pg';

/**
 * For what is written as text to be read again as the same, wherever and by whomever; and for statements to take as long
 * as they take. Of the timeouts those that servers have, each where it has it: an extension's may not allow 0.
 */
const SETTINGS = `
  SET datestyle = 'ISO, YMD';
  SET intervalstyle = 'postgres';
  SET timezone = 'UTC';
  SET extra_float_digits = 3;
  SET bytea_output = 'hex';
  SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout',
    'idle_in_transaction_session_timeout', 'idle_session_timeout', 'transaction_timeout')`;

/** A connection of its own, for as long as `work` takes; what it leaves open is rolled back. */
export async function inSession<T>(
  url: string,
  work: (client: pg.Client, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'ai-training-backup' });
  const lost = new AbortController();
  client.on('error', (error) => lost.abort(new Error(`The connection to the database was lost: ${error.message}`)));
  await client.connect();
  try {
    await client.query(SETTINGS);
    return await work(client, lost.signal);
  } finally {
    // A copy that was given up has bytes on their way that nobody takes: a polite end would wait for them.
    client.connection.stream.destroy();
  }
}
