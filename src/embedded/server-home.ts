import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endLeftover } from './postmaster.js';
import { run, type ServerUser } from './run.js';

/**
 * Where root keeps what the server's user must reach while DATA_DIR lies under a folder closed to that user, such as
 * root's home: nobody's home is opened for it. DATA_DIR then holds a symbolic link.
 */
const REACHABLE_FOLDERS = ['/var/lib/ai-training-platform', '/var/tmp/ai-training-platform'];

/** Everybody may pass through, nobody but the owner may list or write. */
const PASSABLE = 0o711;

export interface ServerHome {
  folder: string;
  id: string;
  user: ServerUser | undefined;
  log: (line: string) => void;
}

interface Owner {
  folder: string;
  id: string;
}

/** The data folder of the server of `folder` (which may not exist yet, while the folder around it does). */
export async function dataFolder({ folder, id, user, log }: ServerHome): Promise<string> {
  const data = path.join(folder, 'data');
  const present = await lstat(data).catch(() => undefined);
  if (present?.isSymbolicLink()) return linkedData(await readlink(data), { folder, id });
  if (present || !user || (await canHold(folder, user))) return data;

  const base = await reachableFolder(user);
  const home = path.join(base, nameOf(folder, id));
  await mkdir(home, { mode: PASSABLE, recursive: true });
  await writeOwner(home, { folder, id });
  await symlink(path.join(home, 'data'), data);
  log(`the database lies in ${home}: PostgreSQL's user cannot reach ${folder}`);
  await settleOrphans(base, { folder, id, user, log });
  return path.join(home, 'data');
}

/**
 * Databases of the same DATA_DIR before it was removed. They never come back to life, but are not deleted either: from
 * here a removed DATA_DIR looks the same as one that was moved or is not mounted just now.
 */
async function settleOrphans(base: string, { folder, id, user, log }: ServerHome): Promise<void> {
  for (const name of await readdir(base)) {
    const owner = await ownerOf(path.join(base, name));
    if (owner?.folder !== folder || owner.id === id) continue;
    await endLeftover(path.join(base, name, 'data'), user, log);
    log(
      `${path.join(base, name)} holds a database of ${folder} from before it was removed: delete it if it is not missed`,
    );
  }
}

/** Follows the link only to data that is still this folder's own: DATA_DIR may have been copied, or its data removed. */
async function linkedData(data: string, { folder, id }: Owner): Promise<string> {
  const home = path.dirname(data);
  const owner = await ownerOf(home);
  if (owner?.id !== id)
    throw new Error(`The database that ${folder} points to is gone: remove ${folder} to begin anew`);
  if (owner.folder !== folder) {
    const original = await readFile(path.join(owner.folder, 'id'), 'utf8').catch(() => '');
    if (original.trim() === id) {
      throw new Error(`${folder} is a copy: its database belongs to ${owner.folder}. Remove ${folder} to begin anew`);
    }
    await writeOwner(home, { folder, id });
  }
  return data;
}

/** A folder for files of root's that the server's user must reach. */
export async function reachableFolder(user: ServerUser): Promise<string> {
  for (const folder of REACHABLE_FOLDERS) {
    await mkdir(folder, { mode: 0o755 }).catch(() => undefined);
    if ((await isRootsAlone(folder)) && (await canHold(folder, user))) return folder;
  }
  throw new Error(
    `PostgreSQL's user can reach neither DATA_DIR nor ${REACHABLE_FOLDERS.join(' nor ')}: set DATA_DIR to a folder it can`,
  );
}

/** Removes a data folder, what root keeps for it elsewhere included. Its platform must have stopped. */
export async function removeEmbeddedPostgres(folder: string): Promise<void> {
  const id = await readFile(path.join(folder, 'id'), 'utf8').catch(() => '');
  const data = await readlink(path.join(folder, 'data')).catch(() => undefined);
  if (data && (await ownerOf(path.dirname(data)))?.id === id.trim()) {
    await rm(path.dirname(data), { recursive: true, force: true });
  }
  await rm(folder, { recursive: true, force: true });
}

const writeOwner = (home: string, owner: Owner) =>
  writeFile(path.join(home, 'owner.json'), JSON.stringify(owner), { mode: 0o600 });

async function ownerOf(home: string): Promise<Owner | undefined> {
  const text = await readFile(path.join(home, 'owner.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Owner);
}

/** In a folder that everybody may write to, such as /var/tmp, somebody else may have been first. */
async function isRootsAlone(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found !== undefined && found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
}

/** Whether a folder of the user's own can be made there and reached. Tried, because ACLs and mounts have a say, too. */
async function canHold(folder: string, user: ServerUser): Promise<boolean> {
  const probe = path.join(folder, `probe-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(probe, { mode: 0o700 });
    await chown(probe, user.uid, user.gid);
    return (await run('/bin/sh', ['-c', 'cd "$0"', probe], { user })).code === 0;
  } catch {
    return false;
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

/** The folder of this part of DATA_DIR. */
export async function makePassable(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, PASSABLE);
}

const nameOf = (folder: string, id: string) =>
  createHash('sha256').update(`${folder}\n${id}`).digest('hex').slice(0, 16);
