import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiProblems, BODY_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { ValidationFailedError } from '../../../http/validation/validation.errors.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ApiModelId, MODEL_ID, MODEL_PROBLEMS } from '../model-route.js';
import { PolicyRequest } from './dto/policy.request.js';
import { PolicyResponse } from './dto/policy.response.js';
import { PolicyService } from './policy.service.js';

const BODY_REQUIRED = { pointer: '', code: 'required', detail: 'A body is required.' };

@ApiTags('models')
@ApiModelId()
@Controller('models/:modelId/policy')
export class PolicyController {
  constructor(private readonly policies: PolicyService) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({
    operationId: 'models_policy',
    summary: 'Get what a version must meet to be deployed',
    description: 'Of a model without a policy: nothing, and who removed it, if somebody did.',
  })
  @ApiOkResponse({ description: 'The policy.', type: PolicyResponse })
  @ApiProblems(MODEL_PROBLEMS)
  async get(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
  ): Promise<PolicyResponse> {
    return PolicyResponse.from(await this.policies.get(tenant, modelId));
  }

  @Put()
  @RequiresRole('admin')
  @ApiOperation({
    operationId: 'models_set_policy',
    summary: 'Set what a version must meet to be deployed',
    description: 'In place of the policy before, as a whole. What is deployed stays deployed.',
  })
  @ApiOkResponse({ description: 'The policy.', type: PolicyResponse })
  @ApiProblems(BODY_PROBLEMS, MODEL_PROBLEMS)
  async set(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Body() policy: PolicyRequest,
    @Req() { body }: FastifyRequest,
  ): Promise<PolicyResponse> {
    // A forgotten body must not pass for a policy that asks for nothing: that is `{}`.
    if (body === undefined || body === null) throw new ValidationFailedError([BODY_REQUIRED]);
    return PolicyResponse.from(await this.policies.replace(principal, modelId, policy));
  }

  @Delete()
  @RequiresRole('admin')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    operationId: 'models_remove_policy',
    summary: 'Ask nothing more of versions that are to be deployed',
  })
  @ApiNoContentResponse({ description: 'There is no policy.' })
  @ApiProblems(MODEL_PROBLEMS)
  async remove(@CurrentPrincipal() principal: Principal, @Param('modelId', MODEL_ID) modelId: string): Promise<void> {
    await this.policies.replace(principal, modelId, null);
  }
}
