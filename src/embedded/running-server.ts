import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { APPLICATION_DATABASE, urlOfServer } from './server-url.js';
import { until } from './process-liveness.js';
import { readPostmaster } from './postmaster.js';

const START_LIMIT_MS = 20_000;

/** Whether a server was ever made for the folder. */
export function hasServer(folder: string): Promise<boolean> {
  return realpath(path.join(folder, 'data')).then(
    () => true,
    () => false,
  );
}

/** The URL of the server that another process runs for the folder, waiting for one that is about to be ready. */
export async function runningServer(folder: string): Promise<string> {
  const data = await realpath(path.join(folder, 'data'));
  const isReady = async () => (await readPostmaster(data))?.ready === true;
  if (!(await until(isReady, START_LIMIT_MS))) throw new Error(`The database of ${folder} does not start`);
  const { port } = (await readPostmaster(data))!;
  const password = (await readFile(path.join(folder, 'password'), 'utf8')).trim();
  return urlOfServer(port, password, APPLICATION_DATABASE);
}
