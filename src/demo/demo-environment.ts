import path from 'node:path';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Environment } from '../config/environment.js';
import { removeEmbeddedPostgres } from '../embedded/server-home.js';
import { serverFolder } from '../standalone/database.js';

/** Lets the database's own user pass through, where root runs the demo; nobody may list it. */
const PASSABLE = 0o711;

/** The given environment on a free port and in a folder of the demo's own, so that it meets no other platform. */
export async function demoEnvironment(environment: Environment): Promise<Environment> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ai-training-demo-'));
  await chmod(folder, PASSABLE);
  return {
    ...environment,
    HOST: '127.0.0.1',
    PORT: 0,
    DATA_DIR: folder,
    ARTIFACTS_DIR: undefined,
    DATASETS_DIR: undefined,
    S3_BUCKET: undefined,
    // The demo makes its own token.
    JWT_JWKS: undefined,
    // With a database of its own it must not share the queue of another.
    REDIS_PREFIX: environment.DATABASE_URL ? environment.REDIS_PREFIX : path.basename(folder),
  };
}

/** Removes what the demo made. The platform must have stopped. */
export async function removeDemo(environment: Environment): Promise<void> {
  await removeEmbeddedPostgres(serverFolder(environment));
  await rm(environment.DATA_DIR, { recursive: true, force: true });
}
