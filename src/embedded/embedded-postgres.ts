import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { generatedSecret } from '../config/generated-secret.js';
import { createDatabase } from './application-database.js';
import { serverBinaries } from './binaries.js';
import { lockFolder } from './folder-lock.js';
import { initialise } from './initialise.js';
import { endLeftover } from './postmaster.js';
import { dataFolder, makePassable, reachableFolder } from './server-home.js';
import { APPLICATION_DATABASE, urlOfServer } from './server-url.js';
import { serverUser } from './server-user.js';
import { startServer } from './start-server.js';

export interface EmbeddedPostgresOptions {
  /** The server's part of DATA_DIR: its password, its log, and its data or a link to them. Made when missing. */
  folder: string;
  /** Told what an operator may want to know, a line at a time. */
  log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Connects as superuser to the application's database. Holds the password: not for logs. */
  url: string;
  /** Settles when the server has ended, asked or not, with how. */
  ended: Promise<string>;
  /** Ends the server, open connections included. May be called again. */
  stop(): Promise<void>;
}

/**
 * Runs a PostgreSQL server of its own for the folder until `stop`, or until this process ends. Whatever an earlier one
 * left behind, however it died, is put right first. Throws FolderInUseError when another process runs the folder's.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await makePassable(options.folder);
  const folder = await realpath(options.folder);
  const id = generatedSecret(path.join(folder, 'id'));
  const release = await lockFolder(folder, id);
  try {
    const server = await serve(folder, id, options.log ?? (() => undefined));
    void server.ended.then(release);
    return { ...server, stop: () => server.stop().then(release) };
  } catch (error) {
    release();
    throw error;
  }
}

async function serve(folder: string, id: string, log: (line: string) => void): Promise<EmbeddedPostgres> {
  const user = await serverUser(folder);
  const data = await dataFolder({ folder, id, user, log });
  const copies = async () => path.join(user ? await reachableFolder(user) : folder, 'binaries');
  const { initdb, postgres } = await serverBinaries(user, copies);
  const password = generatedSecret(path.join(folder, 'password'));

  await endLeftover(data, user, log);
  await initialise({ initdb, data, password, user });
  const server = await startServer({ postgres, data, logFile: path.join(folder, 'server.log'), user });
  const urlOf = (database: string) => urlOfServer(server.port, password, database);
  try {
    await createDatabase(urlOf('postgres'), APPLICATION_DATABASE);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: urlOf(APPLICATION_DATABASE), ended: server.ended, stop: server.stop };
}
