import type { JobStreamEvent } from '../client/job-stream.js';

/** Where to write, such as standard output. */
export interface Output {
  columns?: number;
  rows?: number;
  write(text: string): unknown;
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}

/** Shows a run while it goes on. */
export interface Display {
  show(event: JobStreamEvent): void;
  /** A line about something else, which stays. */
  say(line: string): void;
  /** Leaves everything as it is, so that what follows begins on a line of its own. */
  end(): void;
}
