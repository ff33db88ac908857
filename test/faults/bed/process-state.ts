import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel says a process is doing, thread by thread: for whoever wonders why one does not end. */
export function stateOf(pid: number): { threads: string[] } {
  const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8').trim();
  const field = (status: string, name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];
  try {
    const describe = (thread: string) => {
      const status = read(`task/${thread}/status`);
      const waitsIn = read(`task/${thread}/wchan`);
      return `${field(status, 'Name')} ${field(status, 'State')} in ${waitsIn}, signals caught ${field(status, 'SigCgt')}`;
    };
    return { threads: readdirSync(`/proc/${pid}/task`).map(describe) };
  } catch {
    // It has ended meanwhile, or this machine does not tell.
    return { threads: [] };
  }
}
