import type { DataSource } from 'typeorm';
import { migrating } from '../database/migrate.js';
import { MIGRATIONS } from '../database/migrations/index.js';
import { expectKnown } from './known-migrations.js';

/** Brings a database without rows to the schema that has exactly these migrations, whatever it has now. */
export async function bringSchemaTo(databaseUrl: string, migrations: readonly string[]): Promise<void> {
  await migrating(databaseUrl, MIGRATIONS, async (source) => {
    let done = await namesOf(source);
    expectKnown('The database', done);
    while (done.some((name) => !migrations.includes(name))) {
      await source.undoLastMigration({ transaction: 'each' });
      done = await namesOf(source);
    }
  });
  const wanted = MIGRATIONS.filter(({ name }) => migrations.includes(name));
  await migrating(databaseUrl, wanted, (source) => source.runMigrations({ transaction: 'each' }));
}

async function namesOf(source: DataSource): Promise<string[]> {
  const [{ known }] = (await source.query(`SELECT to_regclass('schema_migrations') IS NOT NULL AS known`)) as [
    { known: boolean },
  ];
  if (!known) return [];
  const rows = await source.query<{ name: string }[]>('SELECT name FROM schema_migrations');
  return rows.map(({ name }) => name);
}
