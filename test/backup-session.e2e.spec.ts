import { inSession } from '../src/backup/session.js';
import { testDatabase, type TestDatabase } from './support/database.js';

describe('the session of a backup', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('takes as long as it takes, and leaves alone timeouts that are not of statements', async () => {
    const url = new URL(database.url);
    const set = { statement_timeout: '5s', lock_timeout: '5s', idle_in_transaction_session_timeout: '5s' };
    const all = { ...set, idle_session_timeout: '5s', tcp_user_timeout: '5s' };
    const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
    url.searchParams.set('options', options.join(' '));
    const shown = await inSession(url.toString(), async (client) => {
      const { rows } = await client.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name = ANY($1)`,
        [Object.keys(all)],
      );
      return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    });
    expect(shown).toEqual({
      ...Object.fromEntries(Object.keys(all).map((name) => [name, '0'])),
      tcp_user_timeout: '5000',
    });
  });
});
