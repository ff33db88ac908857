import { readFileSync } from 'node:fs';
import { processorSeconds, withChildren } from './processes.js';

const nameOf = (pid: number) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

/**
 * Seconds of processor time of the database server and the Redis that this benchmark has started (with-servers.ts), with
 * every process of theirs: those that have ended count with their parent.
 */
export function serverSeconds(): number {
  try {
    const servers = withChildren(process.pid).filter((pid) => ['postgres', 'redis-server'].includes(nameOf(pid)));
    return processorSeconds(servers.flatMap((pid) => withChildren(pid)));
  } catch (error) {
    // One has ended between the list and the look.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return serverSeconds();
    throw error;
  }
}
