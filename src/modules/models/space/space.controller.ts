import { Controller, Delete, HttpCode, HttpStatus, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ApiModelId, ApiVersion, MODEL_ID, VERSION_PROBLEMS } from '../model-route.js';
import type { VersionNumber } from '../version-number.js';
import { VersionPipe } from '../version.pipe.js';
import { DeleteArtefactQuery } from './dto/delete-artefact.query.js';
import { SpaceService } from './space.service.js';

@ApiTags('models')
@ApiModelId()
@ApiVersion()
@Controller('models/:modelId/versions/:version/artifact')
export class SpaceController {
  constructor(private readonly space: SpaceService) {}

  @Delete()
  @RequiresRole('admin')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    operationId: 'models_delete_artifact',
    summary: 'Delete the model file of an archived version',
    description: 'For good, and on record. The version stays, and cannot be restored any more.',
  })
  @ApiNoContentResponse({ description: 'The file is gone.' })
  @ApiProblems(VERSION_PROBLEMS, { 400: ['validation_failed'], 409: ['version_not_archived'] })
  remove(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Query() { reason }: DeleteArtefactQuery,
  ): Promise<void> {
    const order = { principal, modelId, reason };
    return this.space.deleteFile(order, version);
  }
}
