import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A process that works beside the benchmark and prints to a file, as in production: reading it would cost a core. */
export class WorkerProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves once it says that it is ready. */
  static async start(file: string, environment: NodeJS.ProcessEnv, logFile: string): Promise<WorkerProcess> {
    const log = openSync(logFile, 'a');
    const args = process.env.BENCH_NODE_ARGS?.split(' ') ?? [];
    const child = fork(path.resolve(file), { env: environment, stdio: ['ignore', log, log, 'ipc'], execArgv: args });
    closeSync(log);
    const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [{ type?: string }];
    if (message?.type !== 'ready') throw new Error(`${file} ended before it was ready: see ${logFile}`);
    return new WorkerProcess(child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The next thing that it says. */
  async told<T>(): Promise<T> {
    const [message] = (await once(this.child, 'message')) as [T];
    return message;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await Promise.race([ended, wait(10_000, undefined, { ref: false })]);
  }
}
