import { ArtefactState } from '../artefact-state.js';
import type { ModelFile } from '../artefacts/model-files.js';
import { storedFile } from '../artefacts/stored-file.js';
import type { ModelVersion } from '../model-version.entity.js';
import { ArtefactNotIntactError } from './gate.errors.js';

/** What there is of a version to be read; null: nothing. */
export function fileOf(version: ModelVersion): ModelFile | null {
  return version.artefactState === ArtefactState.Deleted ? null : storedFile(version);
}

/**
 * Thrown within a unit of work that turns out to need a file which was not read yet. It is rolled back, which gives up
 * its locks, the file is read, and it is begun anew.
 */
export class FileNotReadError extends Error {
  constructor(readonly file: ModelFile) {
    super('The stored file was not read yet');
    this.name = 'FileNotReadError';
  }
}

/** The files that were read for one request, and how they were found. */
export class ReadFiles {
  private readonly states = new Map<string, ArtefactState>();

  add({ id }: ModelFile, state: ArtefactState): void {
    this.states.set(id, state);
  }

  /** Believes this look as well as the row, which others may have written since. Throws FileNotRead- or ArtefactNotIntactError. */
  assertIntact(version: ModelVersion): void {
    const file = fileOf(version);
    if (!file) return;
    const state = this.states.get(file.id);
    if (state === undefined) throw new FileNotReadError(file);
    if (state !== ArtefactState.Intact) throw new ArtefactNotIntactError(version.modelId, version.version!, state);
  }
}
