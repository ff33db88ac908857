import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../errors/domain.error.js';
import { withTimeLimit } from '../../queue/time-limit.js';
import { ArtefactStore } from './artefacts/artefact-store.js';
import { remedyFor } from './recorder/database-error.js';
import type { Run } from './run.js';
import { RunProtocol, type StoredArtefact, type TrainingResult } from './run.protocol.js';
import { StopRun } from './stop.js';
import type { TrainedModel } from './trainer.js';
import { TrainingFailedError } from './training.errors.js';

/** Workers that a run may lose in a row, without a new epoch, before it is taken for poison. */
const MAX_FAILURES = 3;
const RETRY_MS = 500;
/** Milliseconds for a model file: the lease is renewed meanwhile, so a dead file server would hold the job for ever. */
const STORE_LIMIT_MS = 120_000;

/** Brings a run to its end: completed, failed, cancelled, or handed back. */
@Injectable()
export class RunSettler {
  private readonly logger = new Logger(RunSettler.name);

  constructor(
    private readonly protocol: RunProtocol,
    private readonly artefacts: ArtefactStore,
  ) {}

  /** Throws when every worker that took the run was lost: the run, not the workers, is at fault. */
  assertNotPoisoned(run: Run): void {
    if (run.failures < MAX_FAILURES) return;
    throw new TrainingFailedError('worker_lost', `${run.failures} workers in a row were lost while training this job.`);
  }

  /** The artefact first, then the row that names it. Throws StopRun when the run is not this attempt's to complete. */
  async complete(run: Run, model: TrainedModel): Promise<void> {
    const artefact = await this.store(run, model.artefact);
    const version = await this.completed(run, { metrics: model.metrics, performance: model.performance, artefact });
    if (version !== null) {
      this.logger.log({ msg: 'Job completed', modelId: run.modelId, version, epochs: run.currentEpoch });
      return;
    }
    await this.artefacts.discard(artefact);
    throw new StopRun('superseded');
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
      throw new TrainingFailedError('artefact_not_stored', 'The model file could not be written.');
    }
  }

  private async stopped(run: Run, stop: StopRun): Promise<void> {
    if (stop.cause === 'hung') {
      return this.failed(run, new TrainingFailedError('progress_timeout', 'The engine stopped reporting progress.'));
    }
    if (stop.cause === 'shutdown' && (await this.protocol.release(run))) {
      this.logger.log({ msg: 'Run handed back', epoch: run.currentEpoch });
      return;
    }
    if (await this.protocol.cancelled(run)) this.logger.log({ msg: 'Job cancelled', epoch: run.currentEpoch });
    else this.logger.warn({ msg: 'Run given up: another attempt has it, or it has ended', epoch: run.currentEpoch });
  }

  private async failed(run: Run, error: unknown): Promise<void> {
    const { code, message } = asFailure(error);
    const status = await this.protocol.fail(run, code, message);
    if (status === null) return;
    if (code === 'internal_error') this.logger.error(error);
    this.logger.warn({ msg: `Job ${status}`, code, reason: message, epoch: run.currentEpoch });
  }

  /** Tries until the database answers: what a run came to must not be lost to an outage. */
  private async persistently<T>(work: (again: boolean) => Promise<T>): Promise<T> {
    for (let again = false; ; again = true) {
      try {
        return await work(again);
      } catch (error) {
        if (remedyFor(error) !== 'retry' || error instanceof StopRun || error instanceof TrainingFailedError)
          throw error;
        this.logger.warn({ msg: 'Settling a run failed, trying again', reason: (error as Error).message });
        await wait(RETRY_MS);
      }
    }
  }
}

/** What clients are told. The text of an unknown error stays in the log. */
function asFailure(error: unknown): { code: string; message: string } {
  if (error instanceof TrainingFailedError || error instanceof DomainError) return error;
  return { code: 'internal_error', message: 'Training ended on an unexpected error; the worker log has it.' };
}
