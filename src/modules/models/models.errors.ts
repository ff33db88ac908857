import { DomainError } from '../../errors/domain.error.js';

export class ModelNotFoundError extends DomainError {
  constructor(id: string) {
    super('not_found', 'model_not_found', `There is no model ${id}.`);
  }
}

export class VersionNotFoundError extends DomainError {
  constructor(modelId: string, version: string) {
    super('not_found', 'version_not_found', `Model ${modelId} has no version ${version}.`);
  }
}

/** Not a semantic version; those of the platform are three numbers. */
export class InvalidVersionError extends DomainError {
  constructor() {
    super('invalid', 'invalid_version', 'A version is three numbers joined by dots, such as 1.2.0.');
  }
}
