import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { ByteRange } from '../../../storage/object-store.js';
import { ObjectMissingError } from '../../../storage/object-store.js';
import { ArtefactState } from '../artefact-state.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { ArtefactDamagedError, ArtefactMissingError, refusalOf } from './artefacts.errors.js';
import { ModelFiles } from './model-files.js';
import { type StoredFile, storedFile } from './stored-file.js';
import { wholeFile } from './whole-file.js';

/** Hands out model files: what was stored, or nothing. */
@Injectable()
export class ArtefactService {
  constructor(
    private readonly models: ModelsService,
    private readonly files: ModelFiles,
  ) {}

  /**
   * The file, if it is as long as it was; one that was missing is read through, for it may be back. Throws
   * ModelNotFound-, VersionNotFound-, ArtefactDeleted-, ArtefactMissing- or ArtefactDamagedError; rejects with
   * StoreUnavailableError.
   */
  async offered(tenantId: string, modelId: string, number: VersionNumber): Promise<StoredFile> {
    const version = await this.models.version(tenantId, modelId, number);
    const { artefactState: state } = version;
    const file = storedFile(version);
    if (!file || !state) throw new ArtefactMissingError(modelId, version.version!);
    if (state === ArtefactState.Deleted || state === ArtefactState.Damaged) throw refusalOf(file, state);
    const isAsLong = (await this.files.size(file)) === file.fileSize;
    if (isAsLong && state === ArtefactState.Intact) return file;
    const refusal = await this.refusal(file);
    if (refusal) throw refusal;
    return file;
  }

  /**
   * All of it fails before its end if it is not what was stored; of a part nobody can tell. Throws as `offered` does.
   */
  async open(file: StoredFile, range?: ByteRange): Promise<Readable> {
    try {
      if (range) return await this.files.open(file, range);
      const whole = { size: file.fileSize, sha256: file.sha256 };
      const stream = await this.files.open(file, allOf(whole.size));
      return await wholeFile(stream, whole, () => this.unlikeStored(file));
    } catch (error) {
      // A RangeError: it has become shorter than where the range begins.
      if (error instanceof ObjectMissingError || error instanceof RangeError) throw await this.unlikeStored(file);
      throw error;
    }
  }

  /** For a file that was just seen to be wrong, whatever a second look finds. */
  private async unlikeStored(file: StoredFile): Promise<Error> {
    return (await this.refusal(file)) ?? new ArtefactDamagedError(file.modelId, file.version);
  }

  /** Looks through the whole file, for the record; null when it is what was stored. */
  private async refusal(file: StoredFile): Promise<Error | null> {
    const state = await this.files.inspect(file);
    return state === ArtefactState.Intact ? null : refusalOf(file, state);
  }
}

/** What a file grows by while it is sent is left out. No range is of no bytes. */
function allOf(size: number): ByteRange | undefined {
  return size === 0 ? undefined : { start: 0, end: size - 1 };
}
