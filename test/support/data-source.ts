import { DataSource } from 'typeorm';
import type { Pool } from 'pg';
import { dataSourceOptions } from '../../src/database/connection.js';
import type { TestDatabase } from './database.js';

/** The platform's own connection to a suite's database, for tests that drive a part of it inside their process. */
export async function connect(database: TestDatabase): Promise<{ source: DataSource; pool: Pool }> {
  const source = await new DataSource(dataSourceOptions(database.url, 10)).initialize();
  return { source, pool: (source.driver as unknown as { master: Pool }).master };
}
