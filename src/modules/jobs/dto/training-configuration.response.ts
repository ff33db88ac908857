import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type TrainingConfiguration, ValidationStrategy } from '../configuration/training-configuration.js';
import { ENCODINGS, SCALINGS } from './training-configuration.request.js';

export class EarlyStoppingResponse {
  @ApiProperty({ description: 'Whether a run stops when its validation loss no longer falls.' })
  enabled: boolean;

  @ApiProperty({ description: 'Epochs without improvement before it stops.', type: 'integer' })
  patience: number;

  @ApiProperty({ description: 'The least fall of the validation loss that counts as improvement.' })
  minDelta: number;
}

export class PreprocessingResponse {
  @ApiProperty({ description: 'Whether numeric features are brought to one scale.' })
  normalization: boolean;

  @ApiPropertyOptional({ description: 'How they are.', enum: SCALINGS, enumName: 'Scaling' })
  scaling?: TrainingConfiguration['preprocessing']['scaling'];

  @ApiPropertyOptional({ description: 'How categories become numbers.', enum: ENCODINGS, enumName: 'Encoding' })
  encoding?: TrainingConfiguration['preprocessing']['encoding'];

  @ApiProperty({ description: 'Whether features that tell little are left out.' })
  featureSelection: boolean;
}

export class DataAugmentationResponse {
  @ApiProperty({ description: 'Whether altered copies of rows are learnt from too.' })
  enabled: boolean;

  @ApiProperty({ description: 'Names of the alterations.', type: [String] })
  techniques: string[];
}

/** The configuration a run goes by, defaults filled in. */
export class TrainingConfigurationResponse implements TrainingConfiguration {
  @ApiProperty({
    description: 'How rows are held out to measure with.',
    enum: ValidationStrategy,
    enumName: 'ValidationStrategy',
  })
  validationStrategy: ValidationStrategy;

  @ApiProperty({ description: 'Share of the rows to validate with, a fraction.' })
  validationSplit: number;

  @ApiProperty({ description: 'Share of the rows kept for the final test, a fraction.' })
  testSplit: number;

  @ApiPropertyOptional({ description: 'Folds; with the k-fold strategies only.', type: 'integer' })
  crossValidationFolds?: number;

  @ApiProperty({ description: 'Attempts that may fail in a row, without a new epoch in between.', type: 'integer' })
  maxAttempts: number;

  @ApiPropertyOptional({
    description: 'Milliseconds from its first claim, pauses not counted, after which the job fails.',
    type: 'integer',
    format: 'int64',
  })
  maxDurationMs?: number;

  @ApiProperty({ type: () => EarlyStoppingResponse })
  earlyStopping: EarlyStoppingResponse;

  @ApiProperty({ type: () => PreprocessingResponse })
  preprocessing: PreprocessingResponse;

  @ApiProperty({ type: () => DataAugmentationResponse })
  dataAugmentation: DataAugmentationResponse;
}
