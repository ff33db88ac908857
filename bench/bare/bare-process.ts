import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A process that the platform's are held against; `file`: without its extension. */
export class BareProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(file: 'nest' | 'node', environment: NodeJS.ProcessEnv): Promise<BareProcess> {
    const child = fork(path.join(import.meta.dirname, `${file}.js`), { env: environment, execArgv: [] });
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`The bare ${file} ended before it was ready`))),
    ]);
    return new BareProcess(child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
