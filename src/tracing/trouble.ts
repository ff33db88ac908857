import type { DiagLogger } from '@opentelemetry/api';
import { Logger } from '@nestjs/common';

/** Milliseconds in which trouble is told of once: a collector that is away is tried every few seconds. */
const QUIET_MS = 60_000;
const MOST_CHARACTERS = 200;

/** Puts on record what OpenTelemetry complains of, a line a minute at most: spans are lost then, and nothing else. */
export class Trouble implements DiagLogger {
  private readonly logger = new Logger('Traces');
  private quietUntil = -Infinity;
  private untold = 0;

  /** `now`: a monotonic clock, milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  readonly error = (message: string): void => this.tell(message);
  readonly warn = (message: string): void => this.tell(message);
  readonly info = (): void => {};
  readonly debug = (): void => {};
  readonly verbose = (): void => {};

  private tell(message: string): void {
    if (this.now() < this.quietUntil) {
      this.untold += 1;
      return;
    }
    this.quietUntil = this.now() + QUIET_MS;
    this.logger.warn({ msg: 'Trouble with traces', reason: reasonIn(message), untold: this.untold });
    this.untold = 0;
  }
}

/** Errors come as JSON of all that they have, stack and answer included. */
function reasonIn(message: string): string {
  return (errorIn(message) ?? message).slice(0, MOST_CHARACTERS);
}

function errorIn(message: string): string | undefined {
  try {
    const error = JSON.parse(message) as { message?: string; code?: string } | null;
    return error?.message ?? error?.code;
  } catch {
    return undefined;
  }
}
