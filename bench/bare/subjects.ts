import path from 'node:path';
import { PlatformProcess } from '../../test/support/process.js';
import { LoggedProcess } from '../harness/logged-process.js';

export const NODE = 'bare node';
export const NEST = 'bare Nest, Fastify and TypeORM';

export interface Started {
  pid: number;
  stop(): Promise<void>;
}

const bareProcess = (name: 'nest' | 'node', environment: NodeJS.ProcessEnv): Promise<Started> =>
  LoggedProcess.start(path.join(import.meta.dirname, `${name}.js`), environment);

async function platformProcess(entry: 'main' | 'worker', environment: NodeJS.ProcessEnv): Promise<Started> {
  const started = PlatformProcess.spawn(entry, environment);
  await started.ready();
  return started;
}

/** Starts each kind of process, and resolves when it is ready; `variables`: of the platform's own, by their queue. */
export function processes(variables: Readonly<Record<string, NodeJS.ProcessEnv>>) {
  const bare = Object.values(variables)[0]!;
  const kinds: Record<string, () => Promise<Started>> = {
    [NODE]: () => bareProcess('node', bare),
    [NEST]: () => bareProcess('nest', bare),
  };
  for (const [queue, environment] of Object.entries(variables)) {
    kinds[`API, ${queue}`] = () => platformProcess('main', environment);
    kinds[`worker, ${queue}`] = () => platformProcess('worker', environment);
  }
  return kinds;
}
