import { DomainError } from '../../../errors/domain.error.js';
import { REQUESTABLE, type VersionStatus } from '../version-state.js';

/** The version's status stands in the way; says which one that is, and what can be asked for. */
export abstract class VersionConflictError extends DomainError {
  constructor(code: string, status: VersionStatus, detail: string, allowed = REQUESTABLE[status]) {
    super('conflict', code, detail, { currentStatus: status, allowed });
  }
}

export class VersionArchivedError extends VersionConflictError {
  constructor(modelId: string, version: string, status: VersionStatus) {
    super(
      'version_archived',
      status,
      `Version ${version} of ${modelId} is archived; restore it before it is deployed.`,
    );
  }
}

export class VersionDeployedError extends VersionConflictError {
  constructor(modelId: string, version: string, status: VersionStatus) {
    const detail = `Version ${version} of ${modelId} is deployed; deploy another one, or roll back, first.`;
    super('version_deployed', status, detail);
  }
}

export class NothingDeployedError extends DomainError {
  constructor(modelId: string, at: Date | null) {
    const then = at ? ` at ${at.toISOString()}` : '';
    super('not_found', 'nothing_deployed', `No version of ${modelId} was deployed${then}.`);
  }
}

export class NothingToRollBackToError extends DomainError {
  constructor(modelId: string) {
    super('conflict', 'nothing_to_roll_back_to', `Model ${modelId} has no earlier deployment to go back to.`);
  }
}

export class VersionNotBeneathError extends DomainError {
  constructor(modelId: string, version: string) {
    const detail = `Version ${version} of ${modelId} was not deployed before the current one; deploy it instead.`;
    super('conflict', 'version_not_deployed_before', detail);
  }
}
