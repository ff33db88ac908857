import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel says of processes (Linux). */

const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK']));

/** After the name of the program, which may hold anything. */
const statOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');

/** Seconds of processor time, with that of the children that have ended. */
export function processorSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) =>
    statOf(pid)
      .slice(11, 15)
      .reduce((sum, field) => sum + Number(field), 0),
  );
  return ticks.reduce((a, b) => a + b, 0) / TICKS_A_SECOND;
}

/** Resident memory, mebibytes. */
export function residentMebibytes(pid: number): number {
  return Math.round(Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1_024);
}

/** A process and those that it has started. */
export function withChildren(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return pid === parent || statOf(pid)[1] === String(parent);
    } catch {
      // It has just ended.
      return false;
    }
  });
}
