import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { FieldError } from '../../../errors/domain.error.js';
import { ValidationFailedError } from '../../../http/validation/validation.errors.js';
import { ArtefactState } from '../artefact-state.js';
import type { ModelVersion } from '../model-version.entity.js';
import { assess } from './assess.js';
import type { DeployOrder } from './order.js';
import { ArtefactNotIntactError, PolicyNotMetError } from './gate.errors.js';
import { PoliciesRepository } from './policies.repository.js';
import type { AssessedCondition } from './policy.js';

const REASON_REQUIRED: FieldError = { pointer: '/reason', code: 'required', detail: 'An override needs a reason.' };

/** What stands between a version and production. */
@Injectable()
export class GateService {
  constructor(private readonly policies: PoliciesRepository) {}

  /** Every condition, met or not. The version's file was read before. */
  async conditions(version: ModelVersion, transaction?: EntityManager): Promise<AssessedCondition[]> {
    const { policy, facts } = await this.policies.factsOf(version, transaction);
    return assess(policy, facts);
  }

  /** Whether a version that is found like this may be deployed. */
  opens(conditions: readonly AssessedCondition[], { override }: DeployOrder): boolean {
    return conditions.every(({ condition, met }) => met || (override && condition !== 'artifact_intact'));
  }

  /** Gives the conditions that the order overrides. Throws ArtefactNotIntact- or PolicyNotMetError. */
  async pass(transaction: EntityManager, order: DeployOrder, version: ModelVersion): Promise<AssessedCondition[]> {
    this.assertIntact(version);
    const conditions = await this.conditions(version, transaction);
    if (!this.opens(conditions, order)) throw new PolicyNotMetError(order.modelId, version.version!, conditions);
    return conditions.filter(({ met }) => !met);
  }

  /** By how its file was found when it was last read. Throws ArtefactNotIntactError. */
  assertIntact({ modelId, version, artefactState }: ModelVersion): void {
    const state = artefactState ?? ArtefactState.Missing;
    if (state !== ArtefactState.Intact) throw new ArtefactNotIntactError(modelId, version!, state);
  }

  /** Whoever overrides says why. Throws ValidationFailedError. */
  assertOverrideExplained({ override, reason }: DeployOrder): void {
    if (override && reason === undefined) throw new ValidationFailedError([REASON_REQUIRED]);
  }
}
