import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../http/openapi/api-problems.js';
import { RequiresRole } from '../../http/requires-role.js';
import { ModelTypeList, ModelTypeResponse } from './dto/hyperparameters.response.js';
import { ModelTypeNotFoundError } from './jobs.errors.js';
import { ModelType } from './model-type.js';

const isModelType = (name: string): name is ModelType => Object.values<string>(ModelType).includes(name);

@ApiTags('hyperparameters')
@Controller('hyperparameters')
export class HyperparametersController {
  @Get()
  @RequiresRole('viewer')
  @ApiOperation({
    summary: 'List what each model type can be tuned with',
    description: 'Names, types, ranges and defaults of its hyperparameters, and the datasets it can learn from.',
  })
  @ApiOkResponse({ description: 'Every model type.', type: ModelTypeList })
  @ApiProblems()
  list(): ModelTypeList {
    return { data: Object.values(ModelType).map(ModelTypeResponse.from), hasMore: false };
  }

  @Get(':modelType')
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Get what a model type can be tuned with' })
  @ApiParam({ name: 'modelType', description: 'One of the model types.', enum: ModelType, enumName: 'ModelType' })
  @ApiOkResponse({ description: 'The model type.', type: ModelTypeResponse })
  @ApiProblems({ 404: ['model_type_not_found'] })
  get(@Param('modelType') name: string): ModelTypeResponse {
    if (!isModelType(name)) throw new ModelTypeNotFoundError(name);
    return ModelTypeResponse.from(name);
  }
}
