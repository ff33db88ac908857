import { type ChildProcess, fork } from 'node:child_process';
import { openSync } from 'node:fs';
import type { Answered, Load } from './load.js';

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown) => settle(() => resolve(message as T));
    const end = (code: number | null) => settle(() => reject(new Error(`Ended with ${code}`)));
    const settle = (then: () => void) => {
      child.off('message', hear).off('exit', end);
      then();
    };
    child.once('message', hear).once('exit', end);
  });
}

export interface Server {
  port: number;
  pid: number;
  end: () => Promise<void>;
}

/** Starts a server whose output goes into a file, as a service manager would have it. Resolves when it is ready. */
export async function startServer(file: string, env: NodeJS.ProcessEnv, log: string): Promise<Server> {
  const output = openSync(log, 'a');
  const child = fork(file, { env, stdio: ['ignore', output, output, 'ipc'] });
  const { port } = await answerOf<{ port: number }>(child);
  const end = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return { port, pid: child.pid!, end };
}

/** The client: one process for all that is measured. */
export class LoadGenerator {
  private constructor(private readonly child: ChildProcess) {}

  static async start(): Promise<LoadGenerator> {
    const child = fork(new URL('load.js', import.meta.url));
    await answerOf(child);
    return new LoadGenerator(child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  run(load: Load): Promise<Answered> {
    const answered = answerOf<Answered>(this.child);
    this.child.send(load);
    return answered;
  }

  end(): void {
    this.child.kill();
  }
}
