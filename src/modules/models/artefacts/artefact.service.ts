import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { ByteRange } from '../../../storage/object-store.js';
import { ObjectMissingError } from '../../../storage/object-store.js';
import { ArtefactState } from '../artefact-state.js';
import type { ModelVersion } from '../model-version.entity.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { ArtefactDamagedError, ArtefactDeletedError, ArtefactMissingError } from './artefacts.errors.js';
import { type ModelFile, ModelFiles } from './model-files.js';
import { wholeFile } from './whole-file.js';

/** A model file that may be handed out. */
export interface OfferedFile extends ModelFile {
  modelId: string;
  version: string;
  /** Bytes. */
  fileSize: number;
}

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
  async offered(tenantId: string, modelId: string, number: VersionNumber): Promise<OfferedFile> {
    const version = await this.models.version(tenantId, modelId, number);
    if (!hasFile(version)) throw new ArtefactMissingError(modelId, version.version!);
    if (version.artefactState === ArtefactState.Deleted) throw new ArtefactDeletedError(modelId, version.version);
    if (version.artefactState === ArtefactState.Damaged) throw new ArtefactDamagedError(modelId, version.version);
    const isAsLong = (await this.files.size(version)) === version.fileSize;
    if (isAsLong && version.artefactState === ArtefactState.Intact) return version;
    const refusal = await this.refusal(version);
    if (refusal) throw refusal;
    return version;
  }

  /**
   * All of it fails before its end if it is not what was stored; of a part nobody can tell. Throws as `offered` does.
   */
  async open(file: OfferedFile, range?: ByteRange): Promise<Readable> {
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
  private async unlikeStored(file: OfferedFile): Promise<Error> {
    return (await this.refusal(file)) ?? new ArtefactDamagedError(file.modelId, file.version);
  }

  /** Looks through the whole file, for the record; null when it is what was stored. */
  private async refusal(file: OfferedFile): Promise<Error | null> {
    const { modelId, version } = file;
    switch (await this.files.inspect(file)) {
      case ArtefactState.Intact:
        return null;
      case ArtefactState.Damaged:
        return new ArtefactDamagedError(modelId, version);
      case ArtefactState.Missing:
        return new ArtefactMissingError(modelId, version);
      case ArtefactState.Deleted:
        return new ArtefactDeletedError(modelId, version);
    }
  }
}

/** What a file grows by while it is sent is left out. No range is of no bytes. */
function allOf(size: number): ByteRange | undefined {
  return size === 0 ? undefined : { start: 0, end: size - 1 };
}

function hasFile(version: ModelVersion): version is ModelVersion & OfferedFile {
  return version.version !== null && version.filePath !== null;
}
