import { ArtefactState } from '../artefact-state.js';
import type { ModelFile } from '../artefacts/model-files.js';
import type { ModelVersion } from '../model-version.entity.js';

/** What there is of a version to be read; null: nothing. */
export function fileOf({ id, filePath, sha256, artefactState }: ModelVersion): ModelFile | null {
  if (filePath === null || sha256 === null || artefactState === ArtefactState.Deleted) return null;
  return { id, filePath, sha256 };
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

/** The versions whose files were read for one request; their rows say how they were found. */
export class ReadFiles {
  private readonly ids = new Set<string>();

  add({ id }: ModelFile): void {
    this.ids.add(id);
  }

  /** Throws FileNotReadError. */
  assertRead(version: ModelVersion): void {
    const file = fileOf(version);
    if (file && !this.ids.has(file.id)) throw new FileNotReadError(file);
  }
}
