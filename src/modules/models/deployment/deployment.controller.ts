import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { UnitOfWork } from '../../../database/unit-of-work.js';
import { done } from '../../../http/answer.js';
import {
  ApiIdempotencyKey,
  IDEMPOTENCY_PROBLEMS,
  REPLAYED_HEADER,
} from '../../../http/idempotency/api-idempotency-key.js';
import { CurrentExchange, type Exchange } from '../../../http/idempotency/exchange.js';
import { Idempotency } from '../../../http/idempotency/idempotency.js';
import { ApiProblems, BODY_PROBLEMS, LIST_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { PageQuery } from '../../../http/page/page.query.js';
import { Pager } from '../../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { IdPipe } from '../../../http/validation/id.pipe.js';
import { ModelVersionResponse } from '../dto/model-version.response.js';
import { ModelNotFoundError } from '../models.errors.js';
import type { ModelVersion } from '../model-version.entity.js';
import type { VersionNumber } from '../version-number.js';
import { parsedVersion, VersionPipe } from '../version.pipe.js';
import { VersionStatus } from '../version-state.js';
import { ArchiveService } from './archive.service.js';
import { DeploymentService, type Order } from './deployment.service.js';
import { AsOfQuery } from './dto/as-of.query.js';
import { DeploymentPage, DeploymentResponse } from './dto/deployment.response.js';
import { ReasonRequest } from './dto/reason.request.js';
import { RollbackRequest } from './dto/rollback.request.js';
import { UpdateVersionRequest } from './dto/update-version.request.js';
import { Turns } from './turns.js';

const VERSION = { name: 'version', description: 'Semantic.', schema: { type: 'string' }, example: '1.0.0' };
const MODEL_NOT_FOUND = { 404: ['model_not_found'] };
const VERSION_PROBLEMS = { 400: ['invalid_version'], 404: ['model_not_found', 'version_not_found'] };
const id = new IdPipe(ModelNotFoundError);

@ApiTags('models')
@ApiParam({ name: 'modelId', description: 'Id of the model.', example: 'customer_segmentation_model' })
@ApiBearerAuth('token')
@Controller('models/:modelId')
export class DeploymentController {
  constructor(
    private readonly deployments: DeploymentService,
    private readonly archive: ArchiveService,
    private readonly pager: Pager,
    private readonly idempotency: Idempotency,
    private readonly turns: Turns,
  ) {}

  @Post('versions/:version/deploy')
  @ApiParam(VERSION)
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    operationId: 'models_deploy',
    summary: 'Deploy a version',
    description: 'In place of the one that is deployed, which is ready again. At most one version of a model is.',
  })
  @ApiBody({ type: ReasonRequest, required: false })
  @ApiOkResponse({ description: 'The version, deployed.', type: ModelVersionResponse, headers: REPLAYED_HEADER })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, VERSION_PROBLEMS, { 409: ['version_archived'] })
  deploy(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', id) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Body() { reason }: ReasonRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const order = { principal, modelId, reason };
    return this.changed(exchange, order, (unit) => this.deployments.deploy(unit, order, version));
  }

  @Post('rollback')
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    operationId: 'models_rollback',
    summary: 'Go back to an earlier deployment',
    description:
      'One deployment further back with every call (send an Idempotency-Key to be safe from repeating it), or to the last deployment of the version that is named.',
  })
  @ApiBody({ type: RollbackRequest, required: false })
  @ApiOkResponse({ description: 'The version, deployed again.', type: ModelVersionResponse, headers: REPLAYED_HEADER })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, VERSION_PROBLEMS, {
    409: ['nothing_to_roll_back_to', 'version_not_deployed_before', 'version_archived'],
  })
  rollBack(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', id) modelId: string,
    @Body() { to, reason }: RollbackRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const order = { principal, modelId, reason };
    const number = to === undefined ? null : parsedVersion(to);
    return this.changed(exchange, order, (unit) => this.deployments.rollBack(unit, order, number));
  }

  @Post('versions/:version/archive')
  @ApiParam(VERSION)
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    operationId: 'models_archive',
    summary: 'Archive a version',
    description: 'It stays, and cannot be deployed.',
  })
  @ApiBody({ type: ReasonRequest, required: false })
  @ApiOkResponse({ description: 'The version, archived.', type: ModelVersionResponse, headers: REPLAYED_HEADER })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, VERSION_PROBLEMS, { 409: ['version_deployed'] })
  archived(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', id) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Body() { reason }: ReasonRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const order = { principal, modelId, reason };
    return this.changed(exchange, order, (unit) => this.archive.archive(unit, order, version));
  }

  @Post('versions/:version/restore')
  @ApiParam(VERSION)
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ operationId: 'models_restore', summary: 'Bring an archived version back' })
  @ApiBody({ type: ReasonRequest, required: false })
  @ApiOkResponse({ description: 'The version, ready.', type: ModelVersionResponse, headers: REPLAYED_HEADER })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, VERSION_PROBLEMS, { 409: ['version_deployed', 'artifact_deleted'] })
  restored(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', id) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Body() { reason }: ReasonRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const order = { principal, modelId, reason };
    return this.changed(exchange, order, (unit) => this.archive.restore(unit, order, version));
  }

  @Patch('versions/:version')
  @ApiParam(VERSION)
  @ApiOperation({
    operationId: 'models_update_version',
    summary: 'Change the status of a version',
    description: 'The same as deploy, archive and restore.',
  })
  @ApiOkResponse({ description: 'The version as it is now.', type: ModelVersionResponse })
  @ApiProblems(BODY_PROBLEMS, VERSION_PROBLEMS, { 409: ['version_archived', 'version_deployed', 'artifact_deleted'] })
  update(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', id) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Body() { status, reason }: UpdateVersionRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const order = { principal, modelId, reason };
    return this.changed(exchange, order, (unit) => {
      if (status === VersionStatus.Deployed) return this.deployments.deploy(unit, order, version);
      if (status === VersionStatus.Archived) return this.archive.archive(unit, order, version);
      return this.archive.restore(unit, order, version);
    });
  }

  @Get('deployments')
  @ApiOperation({
    operationId: 'models_deployments',
    summary: 'List what a model had in production, newest first',
    description: 'Who put it there, when, in place of what, and why.',
  })
  @ApiOkResponse({ description: 'A page of deployments.', type: DeploymentPage })
  @ApiProblems(LIST_PROBLEMS, MODEL_NOT_FOUND)
  async history(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', id) modelId: string,
    @Query() query: PageQuery,
  ): Promise<DeploymentPage> {
    const scope = { list: 'deployments', tenant, filters: { modelId } };
    const slice = await this.deployments.history(tenant, modelId, this.pager.request(query, scope));
    return this.pager.page(slice, scope, DeploymentResponse.from);
  }

  @Get('deployed')
  @ApiOperation({ operationId: 'models_deployed', summary: 'What is in production, or was at a time' })
  @ApiOkResponse({ description: 'The deployment that put it there.', type: DeploymentResponse })
  @ApiProblems({ 400: ['validation_failed'], 404: ['model_not_found', 'nothing_deployed'] })
  async asOf(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', id) modelId: string,
    @Query() { at }: AsOfQuery,
  ): Promise<DeploymentResponse> {
    const moment = at === undefined ? null : new Date(at);
    return DeploymentResponse.from(await this.deployments.asOf(tenant, modelId, moment));
  }

  private changed(exchange: Exchange, order: Order, change: (unit: UnitOfWork) => Promise<ModelVersion>) {
    return this.turns.take(order, () =>
      this.idempotency.once(exchange, async (unit) => done(ModelVersionResponse.from(await change(unit)))),
    );
  }
}
