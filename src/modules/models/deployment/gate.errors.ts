import { DomainError } from '../../../errors/domain.error.js';
import type { ArtefactState } from '../artefact-state.js';
import type { AssessedCondition } from './policy.js';

/** `conditions` has them all, met ones too. */
export class PolicyNotMetError extends DomainError {
  constructor(modelId: string, version: string, conditions: readonly AssessedCondition[]) {
    const unmet = conditions.filter(({ met }) => !met).length;
    const detail = `Version ${version} of ${modelId} does not meet the model's policy: ${unmet} of ${conditions.length} conditions are not met.`;
    super('conflict', 'policy_not_met', detail, { conditions });
  }
}

/** The version's stored file is not what was stored, and nobody can override that: `artifact_damaged`, and so on. */
export class ArtefactNotIntactError extends DomainError {
  constructor(modelId: string, version: string, state: Exclude<ArtefactState, ArtefactState.Intact>) {
    super('conflict', `artifact_${state}`, `The model file of version ${version} of ${modelId} is ${state}.`);
  }
}
