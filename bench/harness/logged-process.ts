import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const STOPPING_MS = 10_000;

/** A process that works beside the benchmark and prints to a file, as in production: reading it would cost a core. */
export class LoggedProcess {
  /** Where it listens, if it does. */
  port = 0;

  private constructor(
    private readonly file: string,
    private readonly child: ChildProcess,
  ) {}

  /** Resolves once it says that it is ready. `logFile`: what it prints, nowhere unless told. */
  static async start(file: string, environment: NodeJS.ProcessEnv, logFile = '/dev/null'): Promise<LoggedProcess> {
    const log = openSync(logFile, 'a');
    const child = fork(path.resolve(file), { env: environment, stdio: ['ignore', log, log, 'ipc'], execArgv: [] });
    closeSync(log);
    const started = new LoggedProcess(file, child);
    const { port = 0 } = await started.told<{ port?: number }>();
    started.port = port;
    return started;
  }

  get pid(): number {
    return this.child.pid!;
  }

  send(message: object): void {
    this.child.send(message);
  }

  /** The next thing that it says; rejects when it ends before. */
  told<T>(): Promise<T> {
    return new Promise((resolve, reject) => {
      const hear = (message: unknown) => settle(() => resolve(message as T));
      const end = (code: number | null) => settle(() => reject(new Error(`${this.file} ended with ${code}`)));
      const settle = (then: () => void) => {
        this.child.off('message', hear).off('exit', end);
        then();
      };
      this.child.once('message', hear).once('exit', end);
    });
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await Promise.race([ended, wait(STOPPING_MS, undefined, { ref: false })]);
  }
}
