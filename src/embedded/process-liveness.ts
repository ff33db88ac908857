import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from './run.js';

const POLL_MS = 20;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The arguments a process was started with; empty when there is no such process, or only its remains. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).output;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0').join(' ').trim();
}

/** Asks until the answer is yes; false when the time is up. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() >= deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}
