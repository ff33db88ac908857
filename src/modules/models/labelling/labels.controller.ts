import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ModelVersionResponse } from '../dto/model-version.response.js';
import { ModelResponse } from '../dto/model.response.js';
import { ApiModelId, ApiVersion, MODEL_ID, MODEL_PROBLEMS, VERSION_PROBLEMS } from '../model-route.js';
import type { VersionNumber } from '../version-number.js';
import { VersionPipe } from '../version.pipe.js';
import { LabelsRequest } from './dto/labels.request.js';
import { LabelsService } from './labels.service.js';

@ApiTags('models')
@ApiModelId()
@Controller('models/:modelId')
export class LabelsController {
  constructor(private readonly labels: LabelsService) {}

  @Put('labels')
  @RequiresRole('trainer')
  @ApiOperation({ operationId: 'models_label', summary: 'Label a model', description: 'Replaces its labels.' })
  @ApiOkResponse({ description: 'The model as it is now.', type: ModelResponse })
  @ApiProblems(BODY_PROBLEMS, MODEL_PROBLEMS)
  async model(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Body() { labels }: LabelsRequest,
  ): Promise<ModelResponse> {
    return ModelResponse.from(await this.labels.labelModel(principal, modelId, labels));
  }

  @Put('versions/:version/labels')
  @RequiresRole('trainer')
  @ApiVersion()
  @ApiOperation({
    operationId: 'models_label_version',
    summary: 'Label a version',
    description: 'Replaces its labels.',
  })
  @ApiOkResponse({ description: 'The version as it is now.', type: ModelVersionResponse })
  @ApiProblems(BODY_PROBLEMS, VERSION_PROBLEMS)
  async version(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Body() { labels }: LabelsRequest,
  ): Promise<ModelVersionResponse> {
    return ModelVersionResponse.from(await this.labels.labelVersion(principal, modelId, version, labels));
  }
}
