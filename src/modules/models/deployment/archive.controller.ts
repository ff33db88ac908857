import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiIdempotencyKey,
  IDEMPOTENCY_PROBLEMS,
  REPLAYED_HEADER,
} from '../../../http/idempotency/api-idempotency-key.js';
import { CurrentExchange, type Exchange } from '../../../http/idempotency/exchange.js';
import { ApiProblems, BODY_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ModelVersionResponse } from '../dto/model-version.response.js';
import { ApiModelId, ApiVersion, MODEL_ID, VERSION_PROBLEMS } from '../model-route.js';
import type { VersionNumber } from '../version-number.js';
import { VersionPipe } from '../version.pipe.js';
import { ArchiveService } from './archive.service.js';
import { Changes } from './changes.js';
import { ReasonRequest } from './dto/reason.request.js';

@ApiTags('models')
@ApiModelId()
@ApiVersion()
@Controller('models/:modelId/versions/:version')
export class ArchiveController {
  constructor(
    private readonly archives: ArchiveService,
    private readonly changes: Changes,
  ) {}

  @Post('archive')
  @RequiresRole('admin')
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
  archive(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Body() { reason }: ReasonRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const order = { principal, modelId, reason };
    return this.changes.make(exchange, order, (unit) => this.archives.archive(unit, order, version));
  }

  @Post('restore')
  @RequiresRole('admin')
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ operationId: 'models_restore', summary: 'Bring an archived version back' })
  @ApiBody({ type: ReasonRequest, required: false })
  @ApiOkResponse({ description: 'The version, ready.', type: ModelVersionResponse, headers: REPLAYED_HEADER })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, VERSION_PROBLEMS, { 409: ['version_deployed', 'artifact_deleted'] })
  restore(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Body() { reason }: ReasonRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const order = { principal, modelId, reason };
    return this.changes.make(exchange, order, (unit) => this.archives.restore(unit, order, version));
  }
}
