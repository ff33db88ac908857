import type { JobStreamEvent } from '../client/job-stream.js';
import type { Terminal } from '../config/terminal.js';
import { inColour, plain } from './chart/colours.js';
import type { Display, Output } from './display.js';
import { CLEAR_SCREEN, frame, HIDE_CURSOR, SHOW_CURSOR } from './frame.js';
import { alertNote, phaseNote } from './notes.js';
import { picture } from './picture.js';
import { RunState } from './run-state.js';

/** Ten pictures a second. */
const REDRAW_MS = 100;
/** As many notes are written again after a change of the terminal's size. */
const NOTES_KEPT = 20;
const [DEFAULT_COLUMNS, DEFAULT_ROWS] = [80, 24];

/** Keeps a picture of the run at the end of a terminal's output; notes go above it and stay. */
export class LiveDisplay implements Display {
  readonly #run = new RunState();
  #notes: string[] = [];
  #pending: string[] = [];
  #height = 0;
  #timer: NodeJS.Timeout | undefined;
  #drawnAt = -Infinity;
  #begun = false;

  constructor(
    private readonly output: Output,
    private readonly terminal: Terminal,
  ) {}

  show(event: JobStreamEvent): void {
    this.#run.apply(event);
    const colour = this.terminal.colour ? inColour : plain;
    if (event.name === 'phase') return this.say(phaseNote(event.data));
    if (event.name === 'alert') {
      return this.say(colour(alertNote(event.data), event.data.state === 'firing' ? 'red' : 'green'));
    }
    this.#drawSoon();
  }

  say(line: string): void {
    this.#pending.push(line);
    this.#notes = [...this.#notes, line].slice(-NOTES_KEPT);
    this.#drawSoon();
  }

  end(): void {
    if (!this.#begun) return;
    clearTimeout(this.#timer);
    this.#draw();
    this.output.write(`\n${SHOW_CURSOR}`);
    this.output.off?.('resize', this.#onResize);
    process.removeListener('exit', this.#onExit);
    this.#begun = false;
  }

  #begin(): void {
    this.#begun = true;
    this.output.write(HIDE_CURSOR);
    this.output.on?.('resize', this.#onResize);
    process.on('exit', this.#onExit);
  }

  #drawSoon(): void {
    if (!this.#begun) this.#begin();
    const waitMs = this.#drawnAt + REDRAW_MS - performance.now();
    if (waitMs <= 0) this.#draw();
    else this.#timer ??= setTimeout(() => this.#draw(), waitMs);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#drawnAt = performance.now();
    const { columns = DEFAULT_COLUMNS, rows = DEFAULT_ROWS } = this.output;
    const lines = picture(this.#run, { columns, rows }, this.terminal);
    this.output.write(frame(this.#height, this.#pending.splice(0), lines));
    this.#height = lines.length;
  }

  /** Terminals differ in what they do to lines that no longer fit: nothing of the old picture can be relied upon. */
  readonly #onResize = (): void => {
    this.output.write(CLEAR_SCREEN);
    this.#height = 0;
    this.#pending = [...this.#notes];
    this.#draw();
  };

  /** However the process ends. */
  readonly #onExit = (): void => void this.output.write(`\n${SHOW_CURSOR}`);
}
