import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { endServer, readPostmaster } from './postmaster.js';
import { isAlive, until } from './process-liveness.js';
import { PLAIN_ENVIRONMENT, REACHABLE_BY_ALL, type ServerUser } from './run.js';
import { SERVER_SETTINGS } from './server-settings.js';

export interface ServerStart {
  postgres: string;
  data: string;
  /** File that the server's log is appended to. */
  logFile: string;
  user: ServerUser | undefined;
}

export interface RunningServer {
  port: number;
  /** Settles when the server has ended, asked or not, with how. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** Includes the recovery after a crash. */
const START_LIMIT_MS = 60_000;
const RETRY_MS = 100;
const LARGEST_LOG_BYTES = 10 * 1_048_576;

const PORT_TAKEN = /could not bind|could not create any TCP\/IP sockets/;
/** The processes of a server that was killed need a moment to notice. */
const PREDECESSOR_LINGERS = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/;

/** Starts the server on a free port of the loopback and waits until it accepts connections. */
export async function startServer(start: ServerStart): Promise<RunningServer> {
  const large = await stat(start.logFile).then(
    ({ size }) => size > LARGEST_LOG_BYTES,
    () => false,
  );
  if (large) await rename(start.logFile, `${start.logFile}.1`);

  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const attempt = await attemptStart(start, deadline - Date.now());
    if (!('failure' in attempt)) return attempt;
    const passing = PORT_TAKEN.test(attempt.failure) || PREDECESSOR_LINGERS.test(attempt.failure);
    if (!passing || Date.now() >= deadline) {
      throw new Error(`PostgreSQL did not start; ${start.logFile} says:\n${attempt.failure}`);
    }
    await delay(RETRY_MS);
  }
}

async function attemptStart(start: ServerStart, limitMs: number): Promise<RunningServer | { failure: string }> {
  const { postgres, data, logFile, user } = start;
  const port = await freePort();
  const log = await open(
    logFile,
    constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
    0o600,
  );
  const { size: before } = await log.stat();
  // A session of its own: Ctrl-C in the terminal is for the platform, which ends the server last.
  const server = spawn(postgres, ['-D', data, '-p', String(port), ...SERVER_SETTINGS], {
    ...user,
    cwd: REACHABLE_BY_ALL,
    env: PLAIN_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let hasEnded = false;
  const ended = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(error.message));
    server.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void ended.then(() => (hasEnded = true));
  await log.close();

  const { pid } = server;
  const ready = async () =>
    hasEnded || ((await readPostmaster(data))?.pid === pid && !!(await readPostmaster(data))?.ready);
  const inTime = await until(ready, limitMs);
  if (hasEnded || pid === undefined) {
    const written = (await readFile(logFile)).subarray(before).toString().trim();
    return { failure: written || (await ended) };
  }

  // However this process ends short of a SIGKILL, the server shuts down; after that, the next start ends it.
  const onExit = () => void (isAlive(pid) && process.kill(pid, 'SIGINT'));
  process.once('exit', onExit);
  void ended.then(() => process.removeListener('exit', onExit));
  const stop = () => endServer(pid, () => hasEnded);
  if (!inTime) {
    await stop();
    return { failure: `not ready within ${limitMs} ms` };
  }
  return { port, ended, stop };
}
