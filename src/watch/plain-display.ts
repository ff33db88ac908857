import type { JobStreamEvent } from '../client/job-stream.js';
import type { Display, Output } from './display.js';
import { alertNote, phaseNote } from './notes.js';
import { percentOf, progressLine } from './progress-line.js';
import { RunState } from './run-state.js';

const STEP_PERCENT = 10;

export interface PlainOptions {
  /** For output that is to stay short. */
  withoutPhases?: boolean;
}

/** For logs: a line for each ten per cent, phase and alert. */
export class PlainDisplay implements Display {
  #lastStep = 0;
  readonly #run = new RunState();

  constructor(
    private readonly output: Pick<Output, 'write'>,
    private readonly options: PlainOptions = {},
  ) {}

  show(event: JobStreamEvent): void {
    this.#run.apply(event);
    if (event.name === 'phase' && !this.options.withoutPhases) this.say(phaseNote(event.data));
    if (event.name === 'alert') this.say(alertNote(event.data));
    const step = Math.floor(percentOf(this.#run.progress) / STEP_PERCENT);
    if (step <= this.#lastStep) return;
    this.#lastStep = step;
    this.say(progressLine(this.#run.progress));
  }

  say(line: string): void {
    this.output.write(`${line}\n`);
  }

  end(): void {}
}
