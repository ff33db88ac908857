import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { POOL } from '../../../database/database.module.js';
import type { Difference, Verdict } from '../../jobs/verdict.js';
import { ArtefactState } from '../../models/artefact-state.js';
import { ModelFiles } from '../../models/artefacts/model-files.js';
import type { ObjectStore } from '../../../storage/object-store.js';
import { sha256Of } from '../../../storage/sha256-of.js';
import { DATASET_STORE } from '../../../storage/storage.module.js';
import { HOLD_COMPLETABLE } from '../ending.statements.js';
import type { Run } from '../run.js';
import type { TrainedModel } from '../trainer.js';
import { type DifferentEpoch, firstDifference, type TrainingHashes } from './first-difference.js';
import { COMPLETED_VERDICT, FIRST_DIFFERENT_EPOCH, RECORD_VERDICT, VERIFIED } from './verification.statements.js';

interface Verified {
  id: string;
  filePath: string;
  sha256: string;
  artefactState: ArtefactState;
  trainedBy: string;
  datasetSha256: string | null;
  epochs: number;
  /** Null for data held elsewhere. */
  contentKey: string | null;
}

/** Holds what a version's training left against what training it again gave. */
@Injectable()
export class Verifier {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    @Inject(POOL) private readonly pool: Pool,
    private readonly files: ModelFiles,
    @Inject(DATASET_STORE) private readonly datasets: ObjectStore,
  ) {}

  /**
   * Reads the version's file, whose row tells how it was found, and its dataset's content, whose hash it gives: null for
   * data held elsewhere, and where it is gone. Rejects with StoreUnavailableError, or the signal's reason.
   */
  async lookAtStored(versionId: string, signal: AbortSignal): Promise<string | null> {
    const version = await verified(this.source.manager, versionId);
    if (version.artefactState !== ArtefactState.Deleted) await this.files.inspect(version, signal);
    return version.contentKey === null ? null : sha256Of(this.datasets, version.contentKey, signal);
  }

  /** Completes the job together with its verdict; null when the attempt may not complete any more. */
  complete(run: Run, versionId: string, model: TrainedModel, datasetSha256: string | null): Promise<Verdict | null> {
    return this.source.transaction(async (transaction) => {
      const { metrics, artefact } = model;
      const [job] = await transaction.query<unknown[]>(HOLD_COMPLETABLE, [run.id, run.attempt, metrics.epochs]);
      if (!job) return null;
      const sha256 = createHash('sha256').update(artefact).digest('hex');
      const trained = await verified(transaction, versionId);
      const difference = await this.difference(transaction, run, trained, { datasetSha256, sha256 });
      const verdict: Verdict = {
        reproducible: difference === null,
        ...(difference && { firstDifference: difference }),
        jobId: run.id,
        // Not as this run saw it: an outage may have passed since, and somebody looked again.
        storedArtifact: trained.artefactState,
      };
      await transaction.query(RECORD_VERDICT, [run.id, versionId, JSON.stringify(verdict), JSON.stringify(metrics)]);
      return verdict;
    });
  }

  /** What this attempt's completion found; for when its outcome got lost on the way. */
  async completedVerdict(run: Run): Promise<Verdict | null> {
    const { rows } = await this.pool.query<{ verdict: Verdict | null }>({
      ...COMPLETED_VERDICT,
      values: [run.id, run.attempt],
    });
    return rows[0]?.verdict ?? null;
  }

  private async difference(
    transaction: EntityManager,
    run: Run,
    trained: Verified,
    again: TrainingHashes,
  ): Promise<Difference | null> {
    const values = [trained.trainedBy, trained.epochs, run.id];
    const [epoch] = await transaction.query<DifferentEpoch[]>(FIRST_DIFFERENT_EPOCH, values);
    return firstDifference(trained, again, epoch, trained.artefactState);
  }
}

async function verified(manager: EntityManager, versionId: string): Promise<Verified> {
  const [version] = await manager.query<Verified[]>(VERIFIED, [versionId]);
  if (!version) throw new Error(`Version ${versionId} is gone, and its verifications with it`);
  return version;
}
