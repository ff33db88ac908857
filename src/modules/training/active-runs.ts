import { Injectable } from '@nestjs/common';
import { StopRun, type StopCause } from './stop.js';
import { runsActive } from './training.metrics.js';

/** The runs of this process, and the only way to stop them from outside. */
@Injectable()
export class ActiveRuns {
  /** Set once everything was told to stop. */
  stopping: StopCause | undefined;
  private readonly runs = new Map<string, { abort: AbortController; ended: Promise<void> }>();

  /** Trains under a signal; the run counts as active until `work` has settled. */
  async during(jobId: string, work: (abort: AbortController) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    // Claimed while everything was told to stop: handed back at once.
    if (this.stopping) abort.abort(new StopRun(this.stopping));
    const ended = work(abort);
    const entry = { abort, ended };
    this.runs.set(jobId, entry);
    runsActive.inc();
    try {
      await ended;
    } finally {
      runsActive.dec();
      // A later attempt of the same job may have taken the place.
      if (this.runs.get(jobId) === entry) this.runs.delete(jobId);
    }
  }

  ids(): string[] {
    return [...this.runs.keys()];
  }

  stop(jobId: string, cause: StopCause): void {
    this.runs.get(jobId)?.abort.abort(new StopRun(cause));
  }

  /** Stops those under way, and resolves when each has settled its row. */
  async stopPresent(cause: StopCause): Promise<void> {
    const ended = [...this.runs.values()].map((run) => run.ended);
    for (const jobId of this.ids()) this.stop(jobId, cause);
    await Promise.allSettled(ended);
  }

  /** Stops all of them, and those still to come. */
  stopAll(cause: StopCause): Promise<void> {
    this.stopping = cause;
    return this.stopPresent(cause);
  }
}
