import type { ChildProcess } from 'node:child_process';
import readline from 'node:readline';

export type OnLine = (line: string, source: string) => void;

const LINES_KEPT = 10;

/** Hands on a process's output line by line, and keeps the last lines for when it dies. Inherited output passes by it. */
export class LineReader {
  readonly #kept: string[] = [];

  constructor({ stdout, stderr }: ChildProcess, onLine: (line: string) => void) {
    for (const input of [stdout, stderr]) {
      if (!input) continue;
      readline.createInterface({ input }).on('line', (line) => {
        this.#kept.push(line);
        if (this.#kept.length > LINES_KEPT) this.#kept.shift();
        onLine(line);
      });
    }
  }

  /** The last lines, to be put behind a message; empty when there are none. */
  get tail(): string {
    return this.#kept.map((line) => `\n  ${line}`).join('');
  }
}
