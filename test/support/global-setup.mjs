// Plain JavaScript over dist/: jest runs a global set-up outside its module resolution.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '../../dist/database/migrate.js';
import { startEmbeddedPostgres } from '../../dist/embedded/embedded-postgres.js';
import { startRedis } from './private-redis.mjs';
import { RELEASE, releaseIsThere } from './releases.mjs';

/** Migrated once; copied for each suite (database.ts). */
export const TEMPLATE = 'platform_template';

async function createTemplate(serverUrl) {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.toString());
}

/**
 * One PostgreSQL server for all tests (embedded, unless DATABASE_URL names one), and one Redis where there is one: jest
 * calls this once for all the projects that name it. Suites learn of them through TEST_SERVER_URL and TEST_REDIS_URL.
 */
export default async function globalSetup() {
  // First: where it is missing and must not be, nothing is left behind.
  const redis = process.env.REDIS_URL ? { url: process.env.REDIS_URL } : await startRedis();
  const folder = mkdtempSync(path.join(tmpdir(), 'ai-training-tests-'));
  const embedded = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres({ folder });
  if (!redis) console.warn('No redis-server on the PATH, no REDIS_URL: the suites of e2e-redis are left out.');
  if (!releaseIsThere()) console.warn(`No ${RELEASE.version} in the history: test/upgrade is left out.`);
  process.env.TEST_SERVER_URL = process.env.DATABASE_URL ?? embedded.url;
  process.env.TEST_REDIS_URL = redis?.url ?? '';
  delete process.env.DATABASE_URL;
  delete process.env.REDIS_URL;
  await createTemplate(process.env.TEST_SERVER_URL);
  globalThis.testServers = { folder, embedded, redis };
}
