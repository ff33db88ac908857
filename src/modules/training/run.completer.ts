import { Injectable, Logger } from '@nestjs/common';
import { withTimeLimit } from '../../queue/time-limit.js';
import { ArtefactStore } from './artefacts/artefact-store.js';
import { committed } from './committed.js';
import { persistently } from './persistently.js';
import type { Run } from './run.js';
import { RunProtocol, type StoredArtefact } from './run.protocol.js';
import { StopRun } from './stop.js';
import type { TrainedModel } from './trainer.js';
import { PassingFailureError, TrainingFailedError } from './training.errors.js';
import { Verifier } from './verification/verifier.js';

/** Milliseconds for a model file: the lease is renewed meanwhile, so a dead file server would hold the job for ever. */
const STORE_LIMIT_MS = 120_000;
/** Milliseconds for reading it and the dataset again, which may be large. */
const READ_LIMIT_MS = 1_800_000;

/** Completes trained runs: each makes a version, or the verdict on one. */
@Injectable()
export class RunCompleter {
  private readonly logger = new Logger(RunCompleter.name);

  constructor(
    private readonly protocol: RunProtocol,
    private readonly verifier: Verifier,
    private readonly artefacts: ArtefactStore,
  ) {}

  /** Throws StopRun when the run is not this attempt's to complete. */
  async complete(run: Run, model: TrainedModel): Promise<void> {
    const { modelId, verifies, currentEpoch: epochs } = run;
    const outcome = verifies === null ? await this.makeVersion(run, model) : await this.verify(run, verifies, model);
    if (outcome === null) throw await this.refusal(run, model);
    this.logger.log({ msg: 'Job completed', modelId, ...outcome, epochs });
  }

  /** The artefact first, then the row that names it; null when the run is not this attempt's. */
  private async makeVersion(run: Run, { artefact: bytes, ...measured }: TrainedModel) {
    const artefact = await part(run, 'save artefact', () => this.store(run, bytes));
    const version = await part(run, 'complete', () =>
      committed(
        () => this.protocol.complete(run, { ...measured, artefact }),
        () => this.protocol.completedVersion(run),
        this.onTrouble,
      ),
    );
    if (version !== null) return { version };
    await this.discard(artefact);
    return null;
  }

  private async verify(run: Run, verifies: string, model: TrainedModel) {
    const datasetSha256 = await part(run, 'read artefact', () => this.read(verifies));
    const verdict = await part(run, 'complete', () =>
      committed(
        () => this.verifier.complete(run, verifies, model, datasetSha256),
        () => this.verifier.completedVerdict(run),
        this.onTrouble,
      ),
    );
    return verdict && { reproducible: verdict.reproducible };
  }

  private async refusal(run: Run, model: TrainedModel): Promise<Error> {
    const { standing } = await persistently(() => this.protocol.inspect(run), this.onTrouble);
    if (standing !== 'mine') return new StopRun(standing);
    const detail = `The engine returned a model of ${model.metrics.epochs} epochs after ${run.currentEpoch}.`;
    return new TrainingFailedError('invalid_result', detail);
  }

  private store(run: Run, bytes: Uint8Array): Promise<StoredArtefact> {
    const failure = new PassingFailureError('artifact_not_stored', 'The model file could not be written.');
    return this.within(STORE_LIMIT_MS, () => this.artefacts.save(run, bytes), failure);
  }

  private read(verifies: string): Promise<string | null> {
    const failure = new PassingFailureError('artifact_not_read', 'The model file or the dataset could not be read.');
    return this.within(READ_LIMIT_MS, (signal) => this.verifier.lookAtStored(verifies, signal), failure);
  }

  /** What is wrong with the store is logged; the job is told the failure. */
  private async within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>, failure: PassingFailureError) {
    try {
      return await withTimeLimit(work(AbortSignal.timeout(ms)), ms, 'Using the store');
    } catch (error) {
      this.logger.error(error);
      throw failure;
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

  private readonly onTrouble = (reason: string): void =>
    this.logger.warn({ msg: 'Completing a run failed, trying again', reason });
}

/** A part of a run's end, in a span of its own where the run is traced. */
const part = <T>({ trace }: Run, name: string, work: () => Promise<T>): Promise<T> =>
  trace ? trace.part(name, work) : work();
