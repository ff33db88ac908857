import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CompiledSources } from './compiled-sources.js';

/** A process of its own that holds an embedded server, so that a test can kill it. */
export interface Holder {
  process: ChildProcess;
  url: string;
  /** What the platform told about the start. */
  notes: string[];
  ended: Promise<unknown>;
}

const SCRIPT = `
import { startEmbeddedPostgres } from './embedded/embedded-postgres.js';
const notes = [];
process.on('SIGINT', () => undefined);
process.on('message', async (order) => {
  if (order === 'stop') await server.stop();
  process.exit(0);
});
let server;
try {
  server = await startEmbeddedPostgres({ folder: process.argv[2], log: (line) => notes.push(line) });
  process.send({ url: server.url, notes });
} catch (error) {
  process.send({ error: error.message });
}
`;

/** Starts one; the promise is rejected with the holder's own error. `begun` is told of the process at once. */
export async function holdEmbedded(
  compiled: CompiledSources,
  folder: string,
  begun: (process: ChildProcess) => void = () => undefined,
): Promise<Holder> {
  const script = path.join(compiled.folder, 'hold.js');
  writeFileSync(script, SCRIPT);
  const child = fork(script, [folder], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const ended = once(child, 'exit');
  begun(child);
  const answer = once(child, 'message') as Promise<[{ url: string; notes: string[]; error?: string }]>;
  const [message] = await Promise.race([answer, ended.then(() => [{ url: '', notes: [], error: 'killed' }] as const)]);
  if (message.error !== undefined) {
    child.kill('SIGKILL');
    await ended;
    throw new Error(message.error);
  }
  return { process: child, url: message.url, notes: message.notes, ended };
}
