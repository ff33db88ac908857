import { DomainError } from '../../../errors/domain.error.js';
import { ArtefactState } from '../artefact-state.js';

/** Gone on purpose. */
export class ArtefactDeletedError extends DomainError {
  constructor(modelId: string, version: string) {
    super('not_found', 'artifact_deleted', `The model file of version ${version} of ${modelId} was deleted.`);
  }
}

/** Gone, and nobody meant it to be. */
export class ArtefactMissingError extends DomainError {
  constructor(modelId: string, version: string) {
    super('not_found', 'artifact_missing', `The model file of version ${version} of ${modelId} is not in the store.`);
  }
}

/** What is stored is not what the version's job stored. */
export class ArtefactDamagedError extends DomainError {
  constructor(modelId: string, version: string) {
    const detail = `The model file of version ${version} of ${modelId} is not what was stored; it is not handed out.`;
    super('conflict', 'artifact_damaged', detail);
  }
}

type Unusable = Exclude<ArtefactState, ArtefactState.Intact>;

const REFUSALS: Readonly<Record<Unusable, new (modelId: string, version: string) => DomainError>> = {
  [ArtefactState.Damaged]: ArtefactDamagedError,
  [ArtefactState.Missing]: ArtefactMissingError,
  [ArtefactState.Deleted]: ArtefactDeletedError,
};

/** Why a file in this state is not handed out. */
export function refusalOf({ modelId, version }: { modelId: string; version: string }, state: Unusable): DomainError {
  return new REFUSALS[state](modelId, version);
}
