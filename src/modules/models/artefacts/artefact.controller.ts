import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiDownload, DOWNLOAD_PROBLEMS } from '../../../http/download/api-download.js';
import { serveObject } from '../../../http/download/serve-object.js';
import { ApiProblems } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { Expensive } from '../../../http/rate-limit/expensive.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ApiModelId, ApiVersion, MODEL_ID, VERSION_PROBLEMS } from '../model-route.js';
import type { VersionNumber } from '../version-number.js';
import { VersionPipe } from '../version.pipe.js';
import { artefactName } from './artefact-name.js';
import { ArtefactService } from './artefact.service.js';

@ApiTags('models')
@ApiModelId()
@ApiVersion()
@Controller('models/:modelId/versions/:version/artifact')
export class ArtefactController {
  constructor(private readonly artefacts: ArtefactService) {}

  @Get()
  @RequiresRole('viewer')
  @Expensive()
  @ApiDownload()
  @ApiOperation({
    operationId: 'models_download_artifact',
    summary: 'Download the model file of a version',
    description:
      'As its job stored it. One range of bytes can be asked for; the entity tag is the sha256. A file that was changed since is refused, at the latest by breaking off before its last byte; a part of one can only be held against the sha256 once all parts are there.',
  })
  @ApiProblems(DOWNLOAD_PROBLEMS, VERSION_PROBLEMS, {
    404: ['artifact_deleted', 'artifact_missing'],
    409: ['artifact_damaged'],
  })
  async download(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.artefacts.offered(tenant, modelId, version);
    await serveObject(request, reply, {
      size: file.fileSize,
      sha256: file.sha256,
      name: artefactName(file),
      mediaType: 'application/json',
      open: (range) => this.artefacts.open(file, range),
    });
  }
}
