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

function mebibytes(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)![1]) / 1_024);
}

/** Resident memory, mebibytes. */
export const residentMebibytes = (pid: number) => mebibytes(pid, 'VmRSS');

/** Of that what no other process shares, mebibytes. */
export function privateMebibytes(pid: number): number {
  const kibibytes = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').matchAll(/^Private_(?:Clean|Dirty):\s*(\d+)/gm);
  return Math.round([...kibibytes].reduce((sum, [, value]) => sum + Number(value), 0) / 1_024);
}

/** The most that has been resident so far, mebibytes; 0 once the process has ended. */
export function peakMebibytes(pid: number): number {
  try {
    return mebibytes(pid, 'VmHWM');
  } catch {
    return 0;
  }
}

/**
 * Those that the process's first thread has started. One read, to look often; while children come and go, the kernel may
 * leave one out.
 */
export function childrenAtAGlance(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** A process and those that it has started, none left out. */
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
