import type { ModelVersion } from '../model-version.entity.js';
import type { ModelFile } from './model-files.js';

/** The file of a numbered version, as it was stored. */
export interface StoredFile extends ModelFile {
  modelId: string;
  version: string;
  /** Bytes. */
  fileSize: number;
}

/** What a version's row tells of its file, which may have been deleted since; null: it never had one. */
export function storedFile({ id, modelId, version, filePath, fileSize, sha256 }: ModelVersion): StoredFile | null {
  if (version === null || filePath === null || fileSize === null || sha256 === null) return null;
  return { id, modelId, version, filePath, fileSize, sha256 };
}
