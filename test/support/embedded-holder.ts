import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** A process of its own that holds an embedded server, so that a test can kill it. */
export interface Holder {
  process: ChildProcess;
  url: string;
  ended: Promise<unknown>;
}

export interface HoldOptions {
  /** Folder that holds the built sources; the test's own files go beside them. */
  dist: string;
  /** The server's folder. */
  folder: string;
  /** Where the script may be written. */
  scratch: string;
  /** Told of the process at once. */
  begun?: (process: ChildProcess) => void;
}

const script = (dist: string) => `
const { startEmbeddedPostgres } = await import(${JSON.stringify(path.join(dist, 'embedded', 'embedded-postgres.js'))});
process.on('SIGINT', () => undefined);
process.on('message', async (order) => {
  if (order === 'stop') await server.stop();
  process.exit(0);
});
let server;
try {
  server = await startEmbeddedPostgres({ folder: process.argv[2] });
  process.send({ url: server.url });
} catch (error) {
  process.send({ error: error.message });
}
`;

/** Starts one; the promise is rejected with the holder's own error, or with "killed". */
export async function holdEmbedded({ dist, folder, scratch, begun }: HoldOptions): Promise<Holder> {
  const file = path.join(scratch, 'hold.mjs');
  writeFileSync(file, script(dist));
  const child = fork(file, [folder], { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const ended = once(child, 'exit');
  begun?.(child);
  const answer = once(child, 'message') as Promise<[{ url: string; error?: string }]>;
  const [message] = await Promise.race([answer, ended.then(() => [{ url: '', error: 'killed' }] as const)]);
  if (message.error !== undefined) {
    child.kill('SIGKILL');
    await ended;
    throw new Error(message.error);
  }
  return { process: child, url: message.url, ended };
}
