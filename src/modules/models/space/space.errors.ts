import { VersionConflictError } from '../deployment/deployment.errors.js';
import type { VersionStatus } from '../version-state.js';

export class VersionNotArchivedError extends VersionConflictError {
  constructor(modelId: string, version: string, status: VersionStatus) {
    super(
      'version_not_archived',
      status,
      `Version ${version} of ${modelId} is ${status}; archive it before its model file is deleted.`,
    );
  }
}

/** Without its file a version is of no use to anybody who would deploy it. */
export class VersionWithoutFileError extends VersionConflictError {
  constructor(modelId: string, version: string, status: VersionStatus) {
    super(
      'artifact_deleted',
      status,
      `The model file of version ${version} of ${modelId} was deleted; train it again instead.`,
      [],
    );
  }
}
