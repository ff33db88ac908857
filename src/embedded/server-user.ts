import { stat } from 'node:fs/promises';
import path from 'node:path';
import { run, type ServerUser } from './run.js';

const ROOT = 0;

/**
 * PostgreSQL refuses to run as root. Root therefore runs it as the owner of the data folder, where there is one
 * already, or else as an unprivileged user of the machine; initdb wants one with an entry in the password database.
 * Undefined for anybody else: the server runs as whoever starts it.
 */
export async function serverUser(folder: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== ROOT) return undefined;
  const data = await stat(path.join(folder, 'data')).catch(() => undefined);
  if (data && data.uid !== ROOT) return { uid: data.uid, gid: data.gid };
  return (await lookUp('postgres')) ?? (await lookUp('nobody')) ?? noUser();
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

function noUser(): never {
  throw new Error('PostgreSQL cannot run as root, and there is neither a user "postgres" nor "nobody" to run it as');
}
