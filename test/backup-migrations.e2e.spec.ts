import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { migrating } from '../src/database/migrate.js';
import { datasetRow } from './factories/row.factory.js';
import { Command } from './support/command.js';
import { testDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';

const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe('a backup beside a change of the schema', () => {
  let base: string;
  let database: TestDatabase;
  let holder: pg.PoolClient;

  const environment = () => ({ DATABASE_URL: database.url, DATA_DIR: path.join(base, 'data') });
  const backup = (name: string) => new Command('cli/backup.js', environment(), [path.join(base, name)]);
  const rowsOf = (name: string, table: string) => {
    const { tables } = JSON.parse(readFileSync(path.join(base, name, 'manifest.json'), 'utf8')) as {
      tables: { name: string; rows: number }[];
    };
    return tables.find((each) => each.name === table)?.rows;
  };
  const waitsForTable = () =>
    eventually(async () => (await database.rows(`${WAITING} AND query LIKE 'LOCK TABLE%'`)).length > 0, 'it waits');

  beforeAll(async () => {
    base = mkdtempSync(path.join(tmpdir(), 'backup-migrations-'));
    database = await testDatabase();
    await datasetRow(database);
  });
  beforeEach(async () => {
    holder = await database.pool.connect();
  });
  afterEach(() => holder.release());
  afterAll(async () => {
    await database.drop();
    rmSync(base, { recursive: true, force: true });
  });

  it('has all rows of a table that somebody is rewriting by hand', async () => {
    await holder.query(`BEGIN; ALTER TABLE training_datasets ALTER COLUMN size TYPE numeric`);
    const command = backup('rewritten');
    await waitsForTable();
    await holder.query('COMMIT');
    expect([await command.ended, command.errors]).toEqual([0, []]);
    expect(rowsOf('rewritten', 'training_datasets')).toBe(1);
    await database.rows('ALTER TABLE training_datasets ALTER COLUMN size TYPE bigint');
  });

  it('waits for a migration, without a statement that waits, and says so', async () => {
    let command: Command | undefined;
    await migrating(database.url, [], async () => {
      command = backup('after');
      await command.prints(/^(Waiting for npm run migrate \.\.\.)$/);
      expect(await database.rows(WAITING)).toEqual([]);
    });
    expect([await command!.ended, command!.errors]).toEqual([0, []]);
    expect(command!.lines.filter((line) => line.startsWith('Waiting'))).toHaveLength(1);
  });

  it('ends while it waits, when it is told to', async () => {
    await migrating(database.url, [], async () => {
      const command = backup('ended');
      await command.prints(/^(Waiting)/);
      command.kill('SIGTERM');
      expect(await command.ended).toBe(1);
    });
  });

  it('has a migration wait, without a statement that waits, and say so, until its rows are read', async () => {
    // The backup has the schema's lock and comes no further.
    await holder.query('BEGIN; LOCK TABLE workers IN ACCESS EXCLUSIVE MODE');
    const command = backup('before');
    await waitsForTable();
    const migrate = new Command('cli/migrate.js', environment());
    await migrate.prints(/^(Waiting for the database \(a backup or another migration is under way\) \.\.\.)$/);
    expect(await database.rows(WAITING)).toHaveLength(1);
    await holder.query('ROLLBACK');
    expect([await command.ended, command.errors]).toEqual([0, []]);
    expect([await migrate.ended, migrate.errors, migrate.lines.at(-1)]).toEqual([0, [], 'The schema is up to date.']);
  });
});
