import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const READY_MS = 60_000;

/** A real process of the platform: `main` (API) or `worker`, as built into dist/. */
export class PlatformProcess {
  /** Everything it printed, a line each. */
  readonly lines: string[] = [];
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Told of each line as it comes. */
  onLine: (line: string) => void = () => {};
  private rest = '';

  private constructor(private readonly child: ChildProcess) {
    const collect = (chunk: Buffer) => {
      const parts = (this.rest + chunk.toString()).split('\n');
      this.rest = parts.pop()!;
      this.lines.push(...parts);
      for (const line of parts) this.onLine(line);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  }

  /** Starts it without waiting for anything; `release`: the folder of another release than this one. */
  static spawn(
    entry: 'main' | 'worker',
    environment: NodeJS.ProcessEnv,
    release: string = process.cwd(),
  ): PlatformProcess {
    const file = path.join(release, 'dist', `${entry}.js`);
    return new PlatformProcess(
      fork(file, { env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] }),
    );
  }

  /** Resolves with the port (API) once it is ready; rejects when it ends before. */
  ready(limitMs = READY_MS): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`Not ready:\n${this.lines.join('\n')}`)), limitMs);
      this.child.on('message', (message: { type: string; port?: number }) => {
        if (message.type !== 'ready') return;
        clearTimeout(limit);
        resolve(message.port);
      });
      void this.ended.then(() => {
        clearTimeout(limit);
        reject(new Error(`Ended before it was ready:\n${this.lines.join('\n')}`));
      });
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Its JSON log lines. */
  logs(): Record<string, unknown>[] {
    return this.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }
}
