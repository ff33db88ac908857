import path from 'node:path';
import { type Environment, InvalidEnvironmentError } from '../config/environment.js';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres.js';

/** The platform's database, wherever it runs. */
export interface Database {
  url: string;
  /** Settles when the embedded server has ended; never for a server that is not ours. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** The folder of the embedded server. */
export const serverFolder = (environment: Pick<Environment, 'DATA_DIR'>) =>
  path.resolve(environment.DATA_DIR, 'postgres');

/** DATABASE_URL, or else a server of our own under DATA_DIR. Throws InvalidEnvironmentError in production without one. */
export async function openDatabase(environment: Environment, log: (line: string) => void): Promise<Database> {
  const url = environment.DATABASE_URL;
  if (url) return { url, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
  if (environment.NODE_ENV === 'production') {
    throw new InvalidEnvironmentError(['DATABASE_URL: must be set in production, which runs no embedded database']);
  }
  return startEmbeddedPostgres({ folder: serverFolder(environment), log });
}
