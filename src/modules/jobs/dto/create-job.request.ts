import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsEnum, IsInt, IsObject, Matches, Max, Min, ValidateNested } from 'class-validator';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';
import { Text } from '../../../http/validation/text.js';
import { VersionBump } from '../../models/version-bump.js';
import { WANTED_VERSION } from '../../models/version-number.js';
import { ModelType } from '../model-type.js';
import { PRIORITY } from '../run-limits.js';
import { MODEL_ID } from '../slug.js';
import { AlertSettingsRequest } from './alert-settings.request.js';
import { SimulationRequest } from './simulation.request.js';
import { TrainingConfigurationRequest } from './training-configuration.request.js';

export class CreateJobRequest {
  @Text({ max: 200 }, { description: 'For people.', example: 'Customer Segmentation Model' })
  name: string;

  @MayBeAbsent()
  @Text(
    { min: 0, max: 5_000, controls: '\n\t' },
    { description: 'For people; may have several lines; empty unless given.', required: false },
  )
  description?: string;

  @Text({ max: 128 }, { description: 'The dataset to learn from; it need not be ready yet.', example: 'dataset_123' })
  datasetId: string;

  @ApiProperty({
    description: 'What learns; must make sense for the type of the dataset, see GET /hyperparameters.',
    enum: ModelType,
    enumName: 'ModelType',
  })
  @IsEnum(ModelType)
  modelType: ModelType;

  @ApiPropertyOptional({
    description: 'By name, as GET /hyperparameters/{modelType} lists them; what is left out has its default.',
    type: 'object',
    additionalProperties: true,
    example: { epochs: 100, batchSize: 32, learningRate: 0.001 },
  })
  @MayBeAbsent()
  @IsObject()
  hyperparameters?: Record<string, unknown>;

  @MayBeAbsent()
  @Matches(MODEL_ID)
  @Text(
    { max: 100 },
    {
      description: 'The model that the job adds a version to. Default: the name in snake_case.',
      example: 'customer_segmentation_model',
      pattern: MODEL_ID.source,
      required: false,
    },
  )
  modelId?: string;

  @ApiPropertyOptional({
    description: 'How the data are split, prepared and watched.',
    type: () => TrainingConfigurationRequest,
  })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => TrainingConfigurationRequest)
  configuration?: TrainingConfigurationRequest;

  @ApiPropertyOptional({
    description: 'Of jobs that wait for a worker, those with the higher priority go first.',
    type: 'integer',
    minimum: PRIORITY.least,
    maximum: PRIORITY.most,
    default: PRIORITY.usual,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(PRIORITY.least)
  @Max(PRIORITY.most)
  priority?: number;

  @ApiPropertyOptional({
    description: 'What rises in the number of the version that the job makes; the first one is 1.0.0.',
    enum: VersionBump,
    enumName: 'VersionBump',
    default: VersionBump.Minor,
  })
  @MayBeAbsent()
  @IsEnum(VersionBump)
  versionBump?: VersionBump;

  @MayBeAbsent()
  @Matches(WANTED_VERSION)
  @Text(
    { max: 29 },
    {
      description:
        'The number itself, higher than all that the model has. Where it no longer is when the job completes, the next by versionBump is taken.',
      example: '2.0.0',
      pattern: WANTED_VERSION.source,
      required: false,
    },
  )
  version?: string;

  @ApiPropertyOptional({ description: 'How the simulator is to behave.', type: () => SimulationRequest })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => SimulationRequest)
  simulation?: SimulationRequest;

  @ApiPropertyOptional({
    description: 'What is watched for while it trains; what is left out has its default, see docs/alerts.md.',
    type: () => AlertSettingsRequest,
  })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AlertSettingsRequest)
  alerts?: AlertSettingsRequest;
}
