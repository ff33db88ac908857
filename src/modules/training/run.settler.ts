import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { JobPhase } from '../jobs/job-state.js';
import { failureOf } from './failure.js';
import { persistently } from './persistently.js';
import type { Run } from './run.js';
import { RunCompleter } from './run.completer.js';
import { RunProtocol } from './run.protocol.js';
import { type StopCause, StopRun } from './stop.js';
import type { TrainedModel } from './trainer.js';
import { finalAccuracy, finalLoss, type RunEnd, runsEnded } from './training.metrics.js';
import { PassingFailureError, TrainingFailedError } from './training.errors.js';

/** Longest pause before another attempt, milliseconds. */
const LONGEST_BACKOFF_MS = 300_000;

/** Stops after which another worker, or this one later, goes on. */
const HANDED_BACK: readonly StopCause[] = ['shutdown', 'making_room', 'paused'];

/** Brings a run to its end: completed, failed, cancelled, to be tried again, or handed back. */
@Injectable()
export class RunSettler {
  private readonly logger = new Logger(RunSettler.name);

  constructor(
    private readonly protocol: RunProtocol,
    private readonly completer: RunCompleter,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Throws StopRun when the run is not this attempt's to complete. */
  async complete(run: Run, model: TrainedModel): Promise<void> {
    await this.completer.complete(run, model);
    count(run, 'completed');
    if (run.verifies === null) measure(run, model);
  }

  /** What became of a run that did not complete. */
  async settle(run: Run, error: unknown): Promise<void> {
    await this.persistently(() => (error instanceof StopRun ? this.stopped(run, error) : this.failed(run, error)));
  }

  private async stopped(run: Run, { cause }: StopRun): Promise<void> {
    if (cause === 'hung') {
      return this.failed(run, new PassingFailureError('progress_timeout', 'The engine stopped reporting progress.'));
    }
    if (cause === 'timed_out') {
      return this.failed(run, new TrainingFailedError('timed_out', 'The job took longer than its maxDurationMs.'));
    }
    const released = HANDED_BACK.includes(cause) ? await this.protocol.release(run) : null;
    const epoch = run.currentEpoch;
    const cancelled = !released && (await this.protocol.cancelled(run));
    count(run, released ? 'handed_back' : cancelled ? 'cancelled' : 'given_up');
    if (released) this.logger.log({ msg: released === JobPhase.Paused ? 'Job paused' : 'Run handed back', epoch });
    else if (cancelled) this.logger.log({ msg: 'Job cancelled', epoch });
    else this.logger.warn({ msg: 'Run given up: another attempt has it, or it has ended', epoch });
  }

  private async failed(run: Run, error: unknown): Promise<void> {
    const failure = failureOf(error);
    const { code, message: reason, mayPass } = failure;
    run.trace?.failed(failure);
    if (code === 'internal_error') this.logger.error(error);
    const backoff = { first: this.environment.RETRY_BACKOFF_MS, longest: LONGEST_BACKOFF_MS };
    const nextAttemptAt = mayPass ? await this.protocol.retry(run, failure, backoff) : null;
    const status = nextAttemptAt ? 'to be tried again' : await this.protocol.fail(run, failure);
    count(run, nextAttemptAt ? 'retried' : ((status as 'failed' | 'cancelled' | null) ?? 'given_up'));
    if (status === null) return;
    this.logger.warn({ msg: `Job ${status}`, code, reason, epoch: run.currentEpoch, nextAttemptAt });
  }

  private persistently<T>(work: (again: boolean) => Promise<T>): Promise<T> {
    return persistently(work, (reason) => this.logger.warn({ msg: 'Settling a run failed, trying again', reason }));
  }
}

function count({ modelType, trace }: Run, outcome: RunEnd): void {
  runsEnded.inc({ outcome, model_type: modelType });
  trace?.outcome(outcome);
}

function measure({ modelType }: Run, { metrics: { accuracy, validationLoss } }: TrainedModel): void {
  // The version is made: an engine that measured nonsense must not make it look otherwise.
  if (Number.isFinite(validationLoss)) finalLoss.observe({ model_type: modelType }, validationLoss);
  if (Number.isFinite(accuracy)) finalAccuracy.observe({ model_type: modelType }, accuracy!);
}
