import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { commandOf, isAlive, until } from './process-liveness.js';
import { run, type ServerUser } from './run.js';

/** What a server writes about itself into its data folder (PostgreSQL: src/include/utils/pidfile.h). */
export interface Postmaster {
  pid: number;
  folder: string;
  port: number;
  ready: boolean;
}

const FAST_SHUTDOWN_LIMIT_MS = 15_000;
const IMMEDIATE_SHUTDOWN_LIMIT_MS = 5_000;
const KILL_LIMIT_MS = 5_000;

const pidFile = (data: string) => path.join(data, 'postmaster.pid');

export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(data), 'utf8').catch(() => '');
  const [pid, folder, , port, , , , status] = text.split('\n');
  if (!Number(pid) || folder === undefined) return undefined;
  return { pid: Math.abs(Number(pid)), folder, port: Number(port), ready: status?.trim() === 'ready' };
}

/**
 * Ends the server that an earlier platform left behind, so that the next one begins with a process of its own. A
 * number left behind that by now is another process's is not touched.
 */
export async function endLeftover(data: string, user: ServerUser | undefined, log: (line: string) => void) {
  const left = await readPostmaster(data);
  if (!left || !isAlive(left.pid)) return;
  if (await isServerOf(left)) {
    log(`ending the PostgreSQL server that an earlier platform left running (process ${left.pid})`);
    await endServer(left.pid, async () => !(await isServerOf(left)));
  } else {
    await disown(data, user);
  }
}

const isServerOf = async ({ pid, folder }: Postmaster) => `${await commandOf(pid)} `.includes(`postgres -D ${folder} `);

/**
 * PostgreSQL would take whatever process has the number now for its predecessor. Our number it takes for that of its
 * parent and goes on; the rest of the file stays, because it leads to the shared memory that must be free as well.
 */
async function disown(data: string, user: ServerUser | undefined): Promise<void> {
  const [, ...rest] = (await readFile(pidFile(data), 'utf8')).split('\n');
  const input = [process.pid, ...rest].join('\n');
  await run('/bin/sh', ['-c', 'cat > "$0"', pidFile(data)], { user, input });
}

/** Fast shutdown (connections are cut, everything is written), then immediate (recovers at the next start), then kill. */
export async function endServer(pid: number, ended: () => boolean | Promise<boolean>): Promise<void> {
  const steps = [
    ['SIGINT', FAST_SHUTDOWN_LIMIT_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_LIMIT_MS],
    ['SIGKILL', KILL_LIMIT_MS],
  ] as const;
  for (const [signal, limitMs] of steps) {
    if (await ended()) return;
    if (isAlive(pid)) process.kill(pid, signal);
    if (await until(ended, limitMs)) return;
  }
  throw new Error(`The PostgreSQL server (process ${pid}) cannot be ended`);
}
