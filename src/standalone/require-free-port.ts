import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** The API of a platform that was killed lets go of its port within this time. */
const PATIENCE_MS = 3_000;
const POLL_MS = 100;

/** Throws when the API could not listen there, in words that say what to do. 0, any free port, always passes. */
export async function requireFreePort(host: string, port: number, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const problem = await tryPort(host, port);
    if (!problem) return;
    const reason = REASONS[problem.code ?? ''];
    if (!reason) throw problem;
    if (problem.code !== 'EADDRINUSE' || Date.now() >= deadline) throw new Error(reason(host, port));
    await delay(POLL_MS);
  }
}

const REASONS: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (host, port) => `Port ${port} of ${host} is in use by another program: end it, or set another PORT`,
  EACCES: (host, port) => `Port ${port} of ${host} needs privileges: set a PORT above 1023`,
  EADDRNOTAVAIL: (host) => `${host} is not an address of this machine: set another HOST`,
  ENOTFOUND: (host) => `${host} is not known as a host: set another HOST`,
};

async function tryPort(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  const probe = net.createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
  probe.close();
  await once(probe, 'close');
  return undefined;
}
