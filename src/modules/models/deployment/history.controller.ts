import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, LIST_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { PageQuery } from '../../../http/page/page.query.js';
import { Pager } from '../../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ApiModelId, MODEL_ID, MODEL_PROBLEMS } from '../model-route.js';
import { DeploymentService } from './deployment.service.js';
import { AsOfQuery } from './dto/as-of.query.js';
import { DeploymentPage, DeploymentResponse } from './dto/deployment.response.js';

@ApiTags('models')
@ApiModelId()
@Controller('models/:modelId')
export class HistoryController {
  constructor(
    private readonly deployments: DeploymentService,
    private readonly pager: Pager,
  ) {}

  @Get('deployments')
  @RequiresRole('viewer')
  @ApiOperation({
    operationId: 'models_deployments',
    summary: 'List what a model had in production, newest first',
    description: 'Who put it there, when, in place of what, and why.',
  })
  @ApiOkResponse({ description: 'A page of deployments.', type: DeploymentPage })
  @ApiProblems(LIST_PROBLEMS, MODEL_PROBLEMS)
  async history(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Query() query: PageQuery,
  ): Promise<DeploymentPage> {
    const scope = { list: 'deployments', tenant, filters: { modelId } };
    const slice = await this.deployments.history(tenant, modelId, this.pager.request(query, scope));
    return this.pager.page(slice, scope, DeploymentResponse.from);
  }

  @Get('deployed')
  @RequiresRole('viewer')
  @ApiOperation({ operationId: 'models_deployed', summary: 'What is in production, or was at a time' })
  @ApiOkResponse({ description: 'The deployment that put it there.', type: DeploymentResponse })
  @ApiProblems(MODEL_PROBLEMS, { 400: ['validation_failed'], 404: ['nothing_deployed'] })
  async asOf(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Query() { at }: AsOfQuery,
  ): Promise<DeploymentResponse> {
    const moment = at === undefined ? null : new Date(at);
    return DeploymentResponse.from(await this.deployments.asOf(tenant, modelId, moment));
  }
}
