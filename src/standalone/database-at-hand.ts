import { directDatabaseUrl, type Environment } from '../config/environment.js';
import { FolderInUseError } from '../embedded/folder-lock.js';
import { hasServer, runningServer } from '../embedded/running-server.js';
import { openDatabase, serverFolder } from './database.js';

interface AtHand {
  url: string;
  stop(): Promise<void>;
}

/**
 * The database of the environment, for a command that needs it. The one in DATA_DIR is used where it runs already, and
 * else started for as long as it is needed.
 */
export async function databaseAtHand(environment: Environment): Promise<AtHand> {
  const folder = serverFolder(environment);
  if (!directDatabaseUrl(environment) && !(await hasServer(folder))) {
    throw new Error(`There is no database in ${folder}: set DATABASE_URL, or DATA_DIR to the folder of a platform.`);
  }
  try {
    return await openDatabase(direct(environment), log);
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error;
    return { url: await runningServer(folder), stop: () => Promise.resolve() };
  }
}

/** The same, but one that is used by a platform is nothing to restore into; one that is not there is made. */
export const databaseToRestore = (environment: Environment): Promise<AtHand> => openDatabase(direct(environment), log);

/** Past a pooler: such a command is one session, and a backup's reading one transaction. */
const direct = (environment: Environment): Environment => ({
  ...environment,
  DATABASE_URL: directDatabaseUrl(environment),
});

const log = (line: string) => console.log(`postgres: ${line}`);
