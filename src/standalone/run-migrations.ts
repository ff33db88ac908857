import { once } from 'node:events';
import { type ChildProcess, fork } from 'node:child_process';
import { LineReader, type OnLine } from './line-reader.js';

/**
 * Runs the migrate command in a process of its own: this one has to outlive all others and stays small. Rejected with
 * what the command wrote when it fails.
 */
export async function runMigrations(script: string, env: NodeJS.ProcessEnv, onLine: OnLine, signal: AbortSignal) {
  const child: ChildProcess = fork(script, [], {
    env,
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const abort = () => child.kill('SIGKILL');
  signal.addEventListener('abort', abort, { once: true });
  const last = new LineReader(child, (line) => onLine(line, 'migrate'));
  const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  signal.removeEventListener('abort', abort);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`The migrations failed (${killedBy ?? `exit code ${code}`})${last.tail}`);
}
