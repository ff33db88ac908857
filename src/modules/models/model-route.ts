import { ApiParam } from '@nestjs/swagger';
import type { ProblemCodes } from '../../http/openapi/api-problems.js';
import { IdPipe } from '../../http/validation/id.pipe.js';
import { ModelNotFoundError } from './models.errors.js';

/** Of `modelId`. Throws ModelNotFoundError. */
export const MODEL_ID = new IdPipe(ModelNotFoundError);

/** What every operation on a model may answer. */
export const MODEL_PROBLEMS: ProblemCodes = { 404: ['model_not_found'] };

/** What every operation on a version may answer. */
export const VERSION_PROBLEMS: ProblemCodes = {
  400: ['invalid_version'],
  404: ['model_not_found', 'version_not_found'],
};

export function ApiModelId(): MethodDecorator & ClassDecorator {
  return ApiParam({ name: 'modelId', description: 'Id of the model.', example: 'customer_segmentation_model' });
}

export function ApiVersion(): MethodDecorator & ClassDecorator {
  // The schema is given because handlers get the three numbers of a version, whose type would be documented instead.
  return ApiParam({ name: 'version', description: 'Semantic.', schema: { type: 'string' }, example: '1.0.0' });
}
