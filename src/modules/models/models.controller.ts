import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, LIST_PROBLEMS } from '../../http/openapi/api-problems.js';
import { PageQuery } from '../../http/page/page.query.js';
import { Pager } from '../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { IdPipe } from '../../http/validation/id.pipe.js';
import { ListVersionsQuery } from './dto/list-versions.query.js';
import { ModelVersionPage, ModelVersionResponse } from './dto/model-version.response.js';
import { ModelPage, ModelResponse } from './dto/model.response.js';
import { ModelNotFoundError } from './models.errors.js';
import { ModelsService } from './models.service.js';
import type { VersionNumber } from './version-number.js';
import { VersionPipe } from './version.pipe.js';

const MODEL = { name: 'modelId', description: 'Id of the model.', example: 'customer_segmentation_model' };
const id = new IdPipe(ModelNotFoundError);

@ApiTags('models')
@ApiBearerAuth('token')
@Controller('models')
export class ModelsController {
  constructor(
    private readonly models: ModelsService,
    private readonly pager: Pager,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List models, by id' })
  @ApiOkResponse({ description: 'A page of models.', type: ModelPage })
  @ApiProblems(LIST_PROBLEMS)
  async list(@CurrentPrincipal() { tenant }: Principal, @Query() query: PageQuery): Promise<ModelPage> {
    const scope = { list: 'models', tenant, filters: {} };
    const slice = await this.models.list(tenant, this.pager.request(query, scope));
    return this.pager.page(slice, scope, ModelResponse.from);
  }

  @Get(':modelId/versions')
  @ApiParam(MODEL)
  @ApiOperation({
    summary: 'List the versions of a model, newest first',
    description: 'Those still in training are there too; they get their number when their job completes.',
  })
  @ApiOkResponse({ description: 'A page of versions.', type: ModelVersionPage })
  @ApiProblems(LIST_PROBLEMS, { 404: ['model_not_found'] })
  async versions(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', id) modelId: string,
    @Query() query: ListVersionsQuery,
  ): Promise<ModelVersionPage> {
    const { status } = query;
    const scope = { list: 'versions', tenant, filters: { modelId, status } };
    const slice = await this.models.versions(tenant, modelId, { status }, this.pager.request(query, scope));
    return this.pager.page(slice, scope, ModelVersionResponse.from);
  }

  @Get(':modelId/versions/:version')
  @ApiOperation({ summary: 'Get a version of a model' })
  @ApiParam(MODEL)
  @ApiParam({ name: 'version', description: 'Semantic.', schema: { type: 'string' }, example: '1.0.0' })
  @ApiOkResponse({ description: 'The version.', type: ModelVersionResponse })
  @ApiProblems({ 400: ['invalid_version'], 404: ['model_not_found', 'version_not_found'] })
  async version(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', id) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
  ): Promise<ModelVersionResponse> {
    return ModelVersionResponse.from(await this.models.version(tenant, modelId, version));
  }
}
