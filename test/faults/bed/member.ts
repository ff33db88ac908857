import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import { withTimeLimit } from '../../../src/queue/time-limit.js';
import { PlatformProcess } from '../../support/process.js';
import type { Proxy } from '../../support/proxy.js';
import type { Chance } from '../chance.js';
import { SHUTDOWN_TIMEOUT_MS } from '../settings.js';
import { Incarnation } from './incarnation.js';
import type { Journal } from './journal.js';
import { stateOf } from './process-state.js';

/** How long a member stays down, milliseconds. */
const RESTART_MS = { least: 200, most: 1_500 };

/** Longer than a server may be away. */
const READY_MS = 600_000;

/** Milliseconds in which a process that is told to end has to be gone; its own limit, and some for a busy machine. */
const END_MS = SHUTDOWN_TIMEOUT_MS + 9_000;

export interface MemberSetup {
  name: string;
  entry: 'main' | 'worker';
  environment: NodeJS.ProcessEnv;
  /** Its own ways to the servers, so that it can lose them while all others keep them. */
  ways: { database: Proxy; queue: Proxy };
}

/** A process of the platform that is brought back whenever it ends, for whatever reason. */
export class Member {
  readonly lives: Incarnation[] = [];
  /** Added to its environment from its next start on. */
  oddities: NodeJS.ProcessEnv = {};
  private retired = false;

  constructor(
    private readonly setup: MemberSetup,
    private readonly journal: Journal,
    private readonly chance: Chance,
  ) {}

  get name(): string {
    return this.setup.name;
  }

  get ways(): MemberSetup['ways'] {
    return this.setup.ways;
  }

  /** Its life now, or its last one. */
  get life(): Incarnation {
    return this.lives.at(-1)!;
  }

  get isAtWork(): boolean {
    return this.lives.length > 0 && this.life.alive && this.life.ready;
  }

  get origin(): string | undefined {
    return this.isAtWork && this.life.port ? `http://127.0.0.1:${this.life.port}` : undefined;
  }

  start(): void {
    const process = PlatformProcess.spawn(this.setup.entry, { ...this.setup.environment, ...this.oddities });
    const life = new Incarnation(`${this.name}.${this.lives.length + 1}`, process);
    this.lives.push(life);
    process.onLine = (line) => this.journal.read(life, line);
    process.ready(READY_MS).then(
      (port) => Object.assign(life, { ready: true, port }),
      () => {},
    );
    void process.ended.then(() => this.bringBack(life));
  }

  /** Resolves once it is at work. */
  async atWork(deadlineMs = 60_000): Promise<void> {
    await eventually(() => this.isAtWork, `${this.name} is at work`, deadlineMs).catch((error: Error) => {
      const { alive, name, process } = this.life;
      const state = `${name}, process ${process.pid}, ${alive ? 'alive' : 'ended'}`;
      throw new Error(`${error.message} (${state}):\n${process.lines.slice(-20).join('\n')}`);
    });
  }

  /** Sends the signal; what is fatal is on record as harm. Gives the life that it struck. */
  kill(signal: NodeJS.Signals): Incarnation {
    const { life } = this;
    if (signal === 'SIGKILL') life.harm('killed');
    life.process.kill(signal);
    return life;
  }

  /** Tells it to end and waits until it has; one that does not is on record as overdue, and killed. */
  async terminate(): Promise<Incarnation> {
    const { life } = this;
    life.process.kill('SIGTERM');
    await withTimeLimit(life.process.ended, END_MS, `Ending ${life.name}`).catch(() => this.giveUp(life));
    return life;
  }

  /** Ends it for good. */
  async retire(): Promise<void> {
    this.retired = true;
    if (this.lives.length === 0 || !this.life.alive) return;
    this.life.process.kill('SIGCONT');
    await this.terminate();
  }

  /** At once, without farewell; for when the harness itself is told to end. */
  abandon(): void {
    this.retired = true;
    if (this.lives.length > 0 && this.life.alive) this.life.process.kill('SIGKILL');
  }

  private async giveUp(life: Incarnation): Promise<void> {
    this.journal.overdue.push({ holder: life.name, ...stateOf(life.process.pid) });
    this.kill('SIGKILL');
    await life.process.ended;
  }

  private async bringBack(life: Incarnation): Promise<void> {
    // A job's own fault may have ended it; every death counts as harm to what it held.
    if (!life.harms.some(({ kind }) => kind === 'killed')) life.harm('ended');
    this.journal.hearLastWords(life);
    await pause(this.chance.int(RESTART_MS.least, RESTART_MS.most));
    if (!this.retired) this.start();
  }
}
