import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { withTimeLimit } from '../../queue/time-limit.js';
import { ActiveRuns } from './active-runs.js';
import { keepLease } from './lease.js';
import { Recorder } from './recorder/recorder.js';
import type { Run } from './run.js';

/** Takes deliveries from the queue; a BullMQ worker is one. */
export interface Intake {
  /** Takes no more; true: does not wait for what it has taken. */
  pause(doNotWait: true): Promise<void>;
  resume(): Promise<void>;
}

/** Milliseconds in which the other runs have to be handed back. */
const LEAVE_MS = 5_000;

/**
 * Lets a run that keeps losing its worker train alone in this process until its next epoch, so that only its own doing
 * can convict it, and neighbours do not pay (docs/decisions/0009). The others are handed back without loss.
 */
@Injectable()
export class Seclusion {
  private readonly logger = new Logger(Seclusion.name);
  private secluded: { jobId: string; intake: Intake } | undefined;
  private readonly admissions = new Set<Promise<unknown>>();

  constructor(
    private readonly active: ActiveRuns,
    private readonly recorder: Recorder,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** While a run is secluded this process takes no other. */
  get occupied(): boolean {
    return this.secluded !== undefined;
  }

  /** Claims a run and may turn it away again; one that is to be alone waits until all that began before it have ended. */
  async admission<T>(admit: () => Promise<T>): Promise<T> {
    const admission = admit();
    this.admissions.add(admission);
    try {
      return await admission;
    } finally {
      this.admissions.delete(admission);
    }
  }

  /** Resolves when the process holds no other run. False: another run is secluded here already. */
  async begin(run: Run, intake: Intake): Promise<boolean> {
    if (this.secluded) return false;
    this.secluded = { jobId: run.id, intake };
    this.logger.warn({ msg: 'Run secluded: one more lost worker would end its job', others: this.active.ids().length });
    const letGo = keepLease(run, this.recorder, this.environment.LEASE_MS, () => {});
    try {
      await intake.pause(true);
      await withTimeLimit(this.makeRoom(), LEAVE_MS, 'Making room');
    } catch (error) {
      this.logger.warn({ msg: 'Run not quite alone', reason: (error as Error).message });
    } finally {
      letGo();
    }
    return true;
  }

  private async makeRoom(): Promise<void> {
    await Promise.allSettled(this.admissions);
    // What they admitted becomes active within this turn of the event loop.
    await setImmediate();
    await this.active.stopPresent('making_room');
  }

  /** The run got to its next epoch, or has ended. Nothing happens unless it is the secluded one. */
  lift(jobId: string): void {
    if (this.secluded?.jobId !== jobId) return;
    const { intake } = this.secluded;
    this.secluded = undefined;
    // A process that shuts down stays closed.
    if (!this.active.stopping) void intake.resume();
  }
}
