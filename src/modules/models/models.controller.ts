import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, LIST_PROBLEMS } from '../../http/openapi/api-problems.js';
import { Pager } from '../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { RequiresRole } from '../../http/requires-role.js';
import { ModelVersionPage, ModelVersionResponse } from './dto/model-version.response.js';
import { ModelPage, ModelResponse } from './dto/model.response.js';
import { FindQuery } from './finding/dto/find.query.js';
import { ApiModelId, ApiVersion, MODEL_ID, MODEL_PROBLEMS, VERSION_PROBLEMS } from './model-route.js';
import { ModelsService } from './models.service.js';
import type { VersionNumber } from './version-number.js';
import { VersionPipe } from './version.pipe.js';

@ApiTags('models')
@Controller('models')
export class ModelsController {
  constructor(
    private readonly models: ModelsService,
    private readonly pager: Pager,
  ) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({
    summary: 'Find models, by id or by a metric',
    description:
      'Those of which at least one version meets all filters at once, archived versions and those in training included unless `status` says otherwise. For `label` the labels of the model count as well as those of that version; a model that has them all itself is found without any version, unless other filters are given.',
  })
  @ApiOkResponse({ description: 'A page of models.', type: ModelPage })
  @ApiProblems(LIST_PROBLEMS)
  async list(@CurrentPrincipal() { tenant }: Principal, @Query() query: FindQuery): Promise<ModelPage> {
    const conditions = FindQuery.conditions(query);
    const scope = { list: 'models', tenant, filters: { ...conditions } };
    const slice = await this.models.list(tenant, conditions, this.pager.request(query, scope));
    return this.pager.page(slice, scope, ModelResponse.from);
  }

  @Get(':modelId')
  @RequiresRole('viewer')
  @ApiModelId()
  @ApiOperation({ summary: 'Get a model' })
  @ApiOkResponse({ description: 'The model.', type: ModelResponse })
  @ApiProblems(MODEL_PROBLEMS)
  async get(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
  ): Promise<ModelResponse> {
    return ModelResponse.from(await this.models.get(tenant, modelId));
  }

  @Get(':modelId/versions')
  @RequiresRole('viewer')
  @ApiModelId()
  @ApiOperation({
    summary: 'Find versions of a model, newest first or by a metric',
    description: 'Those still in training are there too; they get their number when their job completes.',
  })
  @ApiOkResponse({ description: 'A page of versions.', type: ModelVersionPage })
  @ApiProblems(LIST_PROBLEMS, MODEL_PROBLEMS)
  async versions(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Query() query: FindQuery,
  ): Promise<ModelVersionPage> {
    const conditions = FindQuery.conditions(query);
    const scope = { list: 'versions', tenant, filters: { modelId, ...conditions } };
    const slice = await this.models.versions(tenant, modelId, conditions, this.pager.request(query, scope));
    return this.pager.page(slice, scope, ModelVersionResponse.from);
  }

  @Get(':modelId/versions/:version')
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Get a version of a model' })
  @ApiModelId()
  @ApiVersion()
  @ApiOkResponse({ description: 'The version.', type: ModelVersionResponse })
  @ApiProblems(VERSION_PROBLEMS)
  async version(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
  ): Promise<ModelVersionResponse> {
    return ModelVersionResponse.from(await this.models.version(tenant, modelId, version));
  }
}
