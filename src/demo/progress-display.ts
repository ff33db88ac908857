import type { Progress } from './resources.js';
import { percentOf, progressLine } from './progress-line.js';

/** Where to write: a terminal's line can be written again. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const STEP_PERCENT = 10;
const FIRST_COLUMN_AND_CLEAR = '\r\x1b[2K';
const DEFAULT_COLUMNS = 120;

/** Redraws one line on a terminal; elsewhere, such as in a log, adds a line every ten per cent. */
export class ProgressDisplay {
  #lastStep = -1;
  #last = '';

  constructor(private readonly output: Output) {}

  show(progress: Progress): void {
    const line = progressLine(progress);
    if (line === this.#last) return;
    this.#last = line;
    if (this.output.isTTY) {
      // A line that wraps could not be drawn over.
      this.output.write(FIRST_COLUMN_AND_CLEAR + line.slice(0, (this.output.columns ?? DEFAULT_COLUMNS) - 1));
      return;
    }
    const step = Math.floor(percentOf(progress) / STEP_PERCENT);
    if (step === this.#lastStep) return;
    this.#lastStep = step;
    this.output.write(`${line}\n`);
  }

  /** Leaves the line behind, so that what follows begins on one of its own. */
  end(): void {
    if (this.output.isTTY) this.output.write('\n');
  }
}
