import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { LineReader, type OnLine } from './line-reader.js';

export interface ProcessPlan {
  /** For people: `API`, `worker 1`. */
  name: string;
  script: string;
  env: NodeJS.ProcessEnv;
  /** Gets the process's output line by line; without it the process writes to where this one does. */
  onLine?: OnLine | undefined;
}

/** What a process sends once it does its work. */
export interface ReadyMessage {
  type: 'ready';
  /** The port it listens on, where it does. */
  port?: number;
}

const READY_LIMIT_MS = 60_000;
/** A process that lived this long was well: what ended it is not likely to end the next one at once. */
const WELL_AFTER_MS = 30_000;
const MOST_DEATHS_IN_A_ROW = 5;
const FIRST_BACKOFF_MS = 200;

/**
 * A child process that is started again when it dies: after a pause that doubles, until it has died too often in a
 * row. Then `onGivenUp` is told, once.
 */
export class SupervisedProcess {
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #stopping = new AbortController();
  #port: number | undefined;

  constructor(
    private readonly plan: ProcessPlan,
    private readonly onGivenUp: (reason: Error) => void,
  ) {}

  /** Undefined between a death and the next start. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when the process is ready. A process that dies before it was ever ready is not tried again. */
  async start(): Promise<ReadyMessage> {
    const message = await this.#launch();
    void this.#watch();
    return message;
  }

  /** Ends the process for good: politely, then after `limitMs` by force. */
  async stop(limitMs: number): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (!child) return;
    child.kill('SIGTERM');
    const overdue = setTimeout(() => child.kill('SIGKILL'), limitMs);
    await this.#exited;
    clearTimeout(overdue);
  }

  /** For when there is no time left. */
  kill(): void {
    this.#stopping.abort();
    this.#child?.kill('SIGKILL');
  }

  #launch(): Promise<ReadyMessage> {
    const { name, script, env, onLine } = this.plan;
    const output = onLine ? 'pipe' : 'inherit';
    // A process group of its own: Ctrl-C in the terminal reaches this process alone, which then ends the others in order.
    const child = fork(script, [], {
      env: { ...env, ...(this.#port !== undefined && { PORT: String(this.#port) }) },
      detached: true,
      execArgv: [],
      stdio: ['ignore', output, output, 'ipc'],
    });
    this.#child = child;
    const last = new LineReader(child, (line) => onLine?.(line, name));
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => child.kill('SIGKILL'), READY_LIMIT_MS);
      child.on('message', (message: ReadyMessage) => {
        if (message.type !== 'ready') return;
        clearTimeout(late);
        this.#port = message.port ?? this.#port;
        resolve(message);
      });
      this.#exited = new Promise((settle) => {
        const end = (how: string) => {
          clearTimeout(late);
          this.#child = undefined;
          reject(new Error(`The ${name} ended before it was ready (${how})${last.tail}`));
          settle();
        };
        child.once('error', (error) => end(error.message));
        child.once('close', (code, signal) => end(signal ?? `exit code ${code}`));
      });
    });
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    let deaths = 0;
    let launched = Date.now();
    let failure: Error | undefined;
    for (;;) {
      await this.#exited;
      if (signal.aborted) return;
      deaths = Date.now() - launched > WELL_AFTER_MS ? 1 : deaths + 1;
      if (deaths >= MOST_DEATHS_IN_A_ROW) break;
      await delay(FIRST_BACKOFF_MS * 2 ** (deaths - 1), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      launched = Date.now();
      failure = await this.#launch().then(
        () => undefined,
        (error: Error) => error,
      );
    }
    this.onGivenUp(failure ?? new Error(`The ${this.plan.name} ended ${deaths} times in a row`));
  }
}
