import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import { withTimeLimit } from '../../../queue/time-limit.js';
import type { ByteRange, ObjectStore } from '../../../storage/object-store.js';
import { sha256Of } from '../../../storage/sha256-of.js';
import { ARTEFACT_STORE } from '../../../storage/storage.module.js';
import { ArtefactState } from '../artefact-state.js';
import type { ModelVersion } from '../model-version.entity.js';
import { FOUND, NEXT_DUE, NOW } from './model-files.statements.js';
import { type ArtefactFormat, FORMAT_WITHIN, formatIn } from './artefact-format.js';

/** A version's file as its row tells of it. */
export interface ModelFile {
  /** Of the version. */
  id: string;
  filePath: string;
  /** Hexadecimal, as it was stored. */
  sha256: string;
}

/** What is only told along with a version is not waited for. */
const FORMAT_LIMIT_MS = 2_000;

/** The stored files of versions. */
@Injectable()
export class ModelFiles {
  private readonly logger = new Logger('Artefacts');

  constructor(
    @Inject(ARTEFACT_STORE) private readonly store: ObjectStore,
    @Inject(POOL) private readonly pool: Pool,
  ) {}

  /** Rejects with ObjectMissingError or StoreUnavailableError. */
  open({ filePath }: ModelFile, range?: ByteRange): Promise<Readable> {
    return this.store.read(filePath, range);
  }

  /** A file that was last looked at so many milliseconds ago, or longer; null when there is none. */
  async nextDue(afterMs: number): Promise<ModelFile | null> {
    const { rows } = await this.pool.query<ModelFile>({ ...NEXT_DUE, values: [afterMs] });
    return rows[0] ?? null;
  }

  /** What the file says that it is; null where it does not say, or cannot be read within two seconds. */
  async format({ filePath }: Pick<ModelVersion, 'filePath'>): Promise<ArtefactFormat | null> {
    if (filePath === null) return null;
    const head = this.store.read(filePath, { start: 0, end: FORMAT_WITHIN - 1 }).then(text);
    return withTimeLimit(head, FORMAT_LIMIT_MS, 'Reading the format').then(formatIn, () => null);
  }

  /** Bytes; null where there is none. Rejects with StoreUnavailableError. */
  size({ filePath }: ModelFile): Promise<number | null> {
    return this.store.size(filePath);
  }

  /**
   * Reads the whole file and compares it with what was stored; the version's row tells the outcome from then on,
   * whatever becomes of a transaction that is under way, unless somebody began to look later. Rejects with
   * StoreUnavailableError, or the signal's reason.
   */
  async inspect(file: ModelFile, signal?: AbortSignal): Promise<ArtefactState> {
    const { rows: times } = await this.pool.query<{ now: string }>(NOW);
    const sha256 = await sha256Of(this.store, file.filePath, signal);
    const state = sha256 === null ? ArtefactState.Missing : intactIf(sha256 === file.sha256);
    const { rows } = await this.pool.query<{ isDeleted: boolean }>({
      ...FOUND,
      values: [file.id, state, times[0]!.now],
    });
    if (rows[0]?.isDeleted ?? true) return ArtefactState.Deleted;
    if (state !== ArtefactState.Intact) {
      const { id: versionId, filePath } = file;
      this.logger.error({ msg: 'A model file is not what was stored', versionId, filePath, state });
    }
    return state;
  }
}

function intactIf(same: boolean): ArtefactState {
  return same ? ArtefactState.Intact : ArtefactState.Damaged;
}
