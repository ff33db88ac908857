import { type ChildProcess, spawn } from 'node:child_process';
import readline from 'node:readline';
import path from 'node:path';
import { eventually } from './eventually.js';

/** A built entry point as a person would run it in a terminal, with nothing of the platform's in its environment. */
export class Command {
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  readonly ended: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcess;

  constructor(entry: string, variables: Record<string, string>, parameters: string[] = []) {
    this.child = spawn(process.execPath, [path.resolve('dist', entry), ...parameters], {
      env: { PATH: process.env.PATH, NODE_V8_COVERAGE: process.env.NODE_V8_COVERAGE, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const [input, lines] of [
      [this.child.stdout!, this.lines],
      [this.child.stderr!, this.errors],
    ] as const) {
      readline.createInterface({ input }).on('line', (line) => lines.push(line));
    }
    this.ended = new Promise((resolve) => this.child.once('close', (code, signal) => resolve(signal ?? code ?? -1)));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The first capture group of the first line that matches. */
  async prints(pattern: RegExp): Promise<string> {
    const find = () => this.lines.map((line) => pattern.exec(line)?.[1]).find(Boolean);
    const ended = this.ended.then((how) => {
      throw new Error(`Ended (${how}) without printing ${pattern}:\n${[...this.lines, ...this.errors].join('\n')}`);
    });
    return Promise.race([eventually(find, `a line like ${pattern}`), ended]);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
