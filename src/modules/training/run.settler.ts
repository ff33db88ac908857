import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { withTimeLimit } from '../../queue/time-limit.js';
import { JobPhase } from '../jobs/job-state.js';
import { ArtefactStore } from './artefacts/artefact-store.js';
import { failureOf } from './failure.js';
import { persistently } from './persistently.js';
import type { Run } from './run.js';
import { RunProtocol, type StoredArtefact, type TrainingResult } from './run.protocol.js';
import { type StopCause, StopRun } from './stop.js';
import type { TrainedModel } from './trainer.js';
import { PassingFailureError, TrainingFailedError } from './training.errors.js';

/** Longest pause before another attempt, milliseconds. */
const LONGEST_BACKOFF_MS = 300_000;
/** Milliseconds for a model file: the lease is renewed meanwhile, so a dead file server would hold the job for ever. */
const STORE_LIMIT_MS = 120_000;

/** Stops after which another worker, or this one later, goes on. */
const HANDED_BACK: readonly StopCause[] = ['shutdown', 'making_room', 'paused'];

/** Brings a run to its end: completed, failed, cancelled, to be tried again, or handed back. */
@Injectable()
export class RunSettler {
  private readonly logger = new Logger(RunSettler.name);

  constructor(
    private readonly protocol: RunProtocol,
    private readonly artefacts: ArtefactStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The artefact first, then the row that names it. Throws StopRun when the run is not this attempt's to complete. */
  async complete(run: Run, model: TrainedModel): Promise<void> {
    const artefact = await this.store(run, model.artefact);
    const version = await this.completed(run, { metrics: model.metrics, performance: model.performance, artefact });
    if (version !== null) {
      this.logger.log({ msg: 'Job completed', modelId: run.modelId, version, epochs: run.currentEpoch });
      return;
    }
    await this.discard(artefact);
    const { standing } = await this.persistently(() => this.protocol.inspect(run));
    if (standing !== 'mine') throw new StopRun(standing);
    const detail = `The engine returned a model of ${model.metrics.epochs} epochs after ${run.currentEpoch}.`;
    throw new TrainingFailedError('invalid_result', detail);
  }

  /** What became of a run that did not complete. */
  async settle(run: Run, error: unknown): Promise<void> {
    await this.persistently(() => (error instanceof StopRun ? this.stopped(run, error) : this.failed(run, error)));
  }

  /** The version's number, or null. After an unknown outcome the row is read before anything is tried again. */
  private async completed(run: Run, result: TrainingResult): Promise<string | null> {
    return this.persistently(async (again) => {
      const before = () => (again ? this.protocol.completedVersion(run) : null);
      // An earlier commit may still be under way: completing waits for it, and only reading once more sees it.
      return (await before()) ?? (await this.protocol.complete(run, result)) ?? (await before());
    });
  }

  private async store(run: Run, bytes: Uint8Array): Promise<StoredArtefact> {
    try {
      return await withTimeLimit(this.artefacts.save(run, bytes), STORE_LIMIT_MS, 'Storing the model file');
    } catch (error) {
      this.logger.error(error);
      throw new PassingFailureError('artefact_not_stored', 'The model file could not be written.');
    }
  }

  /** What the run came to matters more: a file that no version names does no harm. */
  private async discard(artefact: StoredArtefact): Promise<void> {
    try {
      await this.artefacts.discard(artefact);
    } catch (error) {
      const reason = (error as Error).message;
      this.logger.warn({ msg: 'A model file that no version names stays behind', path: artefact.path, reason });
    }
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
    if (released) this.logger.log({ msg: released === JobPhase.Paused ? 'Job paused' : 'Run handed back', epoch });
    else if (await this.protocol.cancelled(run)) this.logger.log({ msg: 'Job cancelled', epoch });
    else this.logger.warn({ msg: 'Run given up: another attempt has it, or it has ended', epoch });
  }

  private async failed(run: Run, error: unknown): Promise<void> {
    const failure = failureOf(error);
    const { code, message: reason, mayPass } = failure;
    if (code === 'internal_error') this.logger.error(error);
    const backoff = { first: this.environment.RETRY_BACKOFF_MS, longest: LONGEST_BACKOFF_MS };
    const nextAttemptAt = mayPass ? await this.protocol.retry(run, failure, backoff) : null;
    const status = nextAttemptAt ? 'to be tried again' : await this.protocol.fail(run, failure);
    if (status === null) return;
    this.logger.warn({ msg: `Job ${status}`, code, reason, epoch: run.currentEpoch, nextAttemptAt });
  }

  private persistently<T>(work: (again: boolean) => Promise<T>): Promise<T> {
    return persistently(work, (reason) => this.logger.warn({ msg: 'Settling a run failed, trying again', reason }));
  }
}
