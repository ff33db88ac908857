import { Injectable } from '@nestjs/common';

/** The inspections of this process, and the only way to stop them from outside. */
@Injectable()
export class ActiveInspections {
  private stopping = false;
  private readonly inspections = new Map<AbortController, Promise<void>>();

  /** `work` counts as active until it has settled. */
  async during(work: (abort: AbortController) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    // Claimed while everything was told to stop: handed back at once.
    if (this.stopping) abort.abort();
    const ended = work(abort);
    this.inspections.set(abort, ended);
    try {
      await ended;
    } finally {
      this.inspections.delete(abort);
    }
  }

  /** Stops all of them, and those still to come; resolves when each has given its dataset back. */
  async stopAll(): Promise<void> {
    this.stopping = true;
    const ended = [...this.inspections.values()];
    for (const abort of this.inspections.keys()) abort.abort();
    await Promise.allSettled(ended);
  }
}
