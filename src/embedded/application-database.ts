import pg from 'pg';

const INVALID_PASSWORD = '28P01';

/** Creates the database unless it is there. `server` is the URL of the server's own database `postgres`. */
export async function createDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    const { code } = error as pg.DatabaseError;
    if (code !== INVALID_PASSWORD) throw error;
    throw new Error('The kept password of the embedded database is not its password', { cause: error });
  } finally {
    await client.end();
  }
}
