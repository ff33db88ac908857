import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DatasetType } from '../../datasets/dataset-type.js';
import { HYPERPARAMETERS } from '../hyperparameters/catalogue.js';
import { COMPATIBILITY } from '../hyperparameters/compatibility.js';
import type { Hyperparameter } from '../hyperparameters/hyperparameter.js';
import { ModelType } from '../model-type.js';

const TYPES = ['integer', 'number', 'boolean', 'enum', 'integer[]'] as const satisfies Hyperparameter['type'][];

/** One adjustable quantity; bounds are JSON Schema's keywords, and hold for each item of a list. */
export class HyperparameterResponse {
  @ApiProperty({ description: 'Its key in `hyperparameters`.', example: 'learningRate' })
  name: string;

  @ApiProperty({ description: 'Type of its value.', enum: TYPES, enumName: 'HyperparameterType' })
  type: Hyperparameter['type'];

  @ApiProperty({
    description: 'Its value when nobody says.',
    oneOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'string' }, { type: 'array', items: { type: 'integer' } }],
    example: 0.001,
  })
  default: unknown;

  @ApiProperty({ description: 'What it means.', example: 'Step size of the optimizer.' })
  description: string;

  @ApiPropertyOptional({ description: 'Unit of its value.', type: String, example: 'rows' })
  unit?: string;

  @ApiPropertyOptional({ description: 'Least value.', type: Number })
  minimum?: number;

  @ApiPropertyOptional({ description: 'Must be greater than this.', type: Number })
  exclusiveMinimum?: number;

  @ApiPropertyOptional({ description: 'Greatest value.', type: Number })
  maximum?: number;

  @ApiPropertyOptional({ description: 'Must be less than this.', type: Number })
  exclusiveMaximum?: number;

  @ApiPropertyOptional({ description: 'Least number of items.', type: 'integer' })
  minItems?: number;

  @ApiPropertyOptional({ description: 'Greatest number of items.', type: 'integer' })
  maxItems?: number;

  @ApiPropertyOptional({ description: 'What an enum may be.', type: [String] })
  values?: readonly string[];

  @ApiPropertyOptional({ description: 'What other libraries call it; not accepted here.', type: [String] })
  aliases?: readonly string[];
}

export class CompatibleDatasetResponse {
  @ApiProperty({ description: 'Type of dataset.', enum: DatasetType, enumName: 'DatasetType' })
  type: DatasetType;

  @ApiProperty({ description: 'What the model is then.', example: 'multilayer perceptron' })
  learnsAs: string;
}

/** What a model type can be tuned with, and what it can learn from. */
export class ModelTypeResponse {
  @ApiProperty({ description: 'The model type.', enum: ModelType, enumName: 'ModelType' })
  modelType: ModelType;

  @ApiProperty({ description: 'Every other pair is refused.', type: () => [CompatibleDatasetResponse] })
  datasets: CompatibleDatasetResponse[];

  @ApiProperty({ description: 'Its hyperparameters.', type: () => [HyperparameterResponse] })
  hyperparameters: HyperparameterResponse[];

  static from(this: void, modelType: ModelType): ModelTypeResponse {
    return {
      modelType,
      datasets: Object.values(DatasetType).flatMap((type) => {
        const learnsAs = COMPATIBILITY[modelType][type];
        return learnsAs === undefined ? [] : [{ type, learnsAs }];
      }),
      hyperparameters: [...HYPERPARAMETERS[modelType]],
    };
  }
}

export class ModelTypeList {
  @ApiProperty({ description: 'Every model type.', type: () => [ModelTypeResponse] })
  data: ModelTypeResponse[];

  @ApiProperty({ description: 'Always false: they are all here.' })
  hasMore: boolean;
}
