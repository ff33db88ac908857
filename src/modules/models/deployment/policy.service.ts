import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../../../database/transactions.js';
import type { Principal } from '../../../http/principal.js';
import { ModelNotFoundError } from '../models.errors.js';
import { ModelsService } from '../models.service.js';
import { PoliciesRepository, type StandingPolicy } from './policies.repository.js';
import { assertBounds } from './policy-bounds.js';
import type { DeploymentPolicy } from './policy.js';
import { Turns } from './turns.js';

/** What a model asks of the versions that are to be deployed. */
@Injectable()
export class PolicyService {
  private readonly logger = new Logger('Policy');

  constructor(
    private readonly policies: PoliciesRepository,
    private readonly models: ModelsService,
    private readonly transactions: Transactions,
    private readonly turns: Turns,
  ) {}

  /** Throws ModelNotFoundError. */
  async get(tenantId: string, modelId: string): Promise<StandingPolicy> {
    const found = await this.policies.find(tenantId, modelId);
    if (!found) throw new ModelNotFoundError(modelId);
    return found;
  }

  /**
   * Puts the policy in the place of the one before, or removes that one (null); what is deployed stays so. Throws
   * ValidationFailed- or ModelNotFoundError.
   */
  async replace(principal: Principal, modelId: string, policy: DeploymentPolicy | null): Promise<StandingPolicy> {
    if (policy) assertBounds(policy);
    const { tenant, sub: actor } = principal;
    return this.turns.take({ principal, modelId }, () =>
      this.transactions.run(async (unit) => {
        // A deployment under way was held against the policy as it is: it goes first.
        await this.models.lock(unit.transaction, tenant, modelId);
        unit.afterCommit(() => this.logger.log({ msg: 'Policy changed', tenant, modelId, actor, policy }));
        return this.policies.set(unit.transaction, tenant, modelId, policy, actor);
      }),
    );
  }
}
