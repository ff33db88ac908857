import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEnum,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsPositive,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { ValidationStrategy } from '../configuration/training-configuration.js';
import { DEFAULT_MAX_ATTEMPTS, LONGEST_DURATION_MS, MOST_ATTEMPTS } from '../run-limits.js';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';

export const SCALINGS = ['standard', 'minmax', 'robust'] as const;
export const ENCODINGS = ['onehot', 'label', 'target'] as const;
/** The validator lets NaN and Infinity through unless told otherwise by leaving these false. */
const FINITE = { allowNaN: false, allowInfinity: false };

export class EarlyStoppingRequest {
  @ApiPropertyOptional({
    description:
      'Stops a run whose validation loss no longer falls, and keeps its best epoch. Default: true when another of these settings is given, else false.',
  })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({
    description: 'Epochs without improvement before the run stops.',
    type: 'integer',
    minimum: 1,
    maximum: 10_000,
    default: 10,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(10_000)
  patience?: number;

  @ApiPropertyOptional({
    description: 'The least fall of the validation loss that counts as improvement.',
    minimum: 0,
    maximum: 1000,
    default: 0.001,
  })
  @MayBeAbsent()
  @IsNumber(FINITE)
  @Min(0)
  @Max(1000)
  minDelta?: number;
}

export class PreprocessingRequest {
  @ApiPropertyOptional({ description: 'Whether numeric features are brought to one scale.', default: true })
  @MayBeAbsent()
  @IsBoolean()
  normalization?: boolean;

  @ApiPropertyOptional({
    description: 'How they are. Default `standard` where normalization is on.',
    enum: SCALINGS,
    enumName: 'Scaling',
  })
  @MayBeAbsent()
  @IsIn(SCALINGS)
  scaling?: (typeof SCALINGS)[number];

  @ApiPropertyOptional({
    description: 'How categories become numbers; `target` needs a dataset with a target.',
    enum: ENCODINGS,
    enumName: 'Encoding',
    default: 'onehot',
  })
  @MayBeAbsent()
  @IsIn(ENCODINGS)
  encoding?: (typeof ENCODINGS)[number];

  @ApiPropertyOptional({ description: 'Whether features that tell little are left out.', default: false })
  @MayBeAbsent()
  @IsBoolean()
  featureSelection?: boolean;
}

export class DataAugmentationRequest {
  @ApiPropertyOptional({
    description:
      'Whether altered copies of rows are learnt from too. Default: true when techniques are given, else false.',
  })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({
    description: 'Names of the alterations, at least one when enabled.',
    type: [String],
    maxItems: 20,
    example: ['flip', 'rotate'],
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(100, { each: true })
  techniques?: string[];
}

/** How a job splits, prepares and watches its data; everything may be left out. */
export class TrainingConfigurationRequest {
  @ApiPropertyOptional({
    description: 'How rows are held out to measure with; `stratified_kfold` needs a dataset with classes.',
    enum: ValidationStrategy,
    enumName: 'ValidationStrategy',
    default: ValidationStrategy.Holdout,
  })
  @MayBeAbsent()
  @IsEnum(ValidationStrategy)
  validationStrategy?: ValidationStrategy;

  @ApiPropertyOptional({
    description:
      'Share of the rows to validate with, a fraction; not looked at with the k-fold strategies. Together with testSplit less than 1.',
    minimum: 0,
    exclusiveMinimum: true,
    maximum: 0.99,
    default: 0.2,
  })
  @MayBeAbsent()
  @IsNumber(FINITE)
  @IsPositive()
  @Max(0.99)
  validationSplit?: number;

  @ApiPropertyOptional({
    description: 'Share of the rows kept for the final test, a fraction.',
    minimum: 0,
    maximum: 0.99,
    default: 0.1,
  })
  @MayBeAbsent()
  @IsNumber(FINITE)
  @Min(0)
  @Max(0.99)
  testSplit?: number;

  @ApiPropertyOptional({
    description: 'Folds; with the k-fold strategies only, 5 by default. Each epoch then takes so many times as long.',
    type: 'integer',
    minimum: 2,
    maximum: 100,
    example: 5,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(2)
  @Max(100)
  crossValidationFolds?: number;

  @ApiPropertyOptional({
    description:
      'Attempts that may fail in a row, without a new epoch in between, before the job fails. A lost worker counts as a failed attempt; a worker that stops in good order does not.',
    type: 'integer',
    minimum: 1,
    maximum: MOST_ATTEMPTS,
    default: DEFAULT_MAX_ATTEMPTS,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(MOST_ATTEMPTS)
  maxAttempts?: number;

  @ApiPropertyOptional({
    description:
      'Milliseconds from its first claim, pauses not counted, after which the job fails as `timed_out`. Default: as long as it takes.',
    type: 'integer',
    format: 'int64',
    minimum: 1,
    maximum: LONGEST_DURATION_MS,
    example: 3_600_000,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(LONGEST_DURATION_MS)
  maxDurationMs?: number;

  @ApiPropertyOptional({ type: () => EarlyStoppingRequest })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => EarlyStoppingRequest)
  earlyStopping?: EarlyStoppingRequest;

  @ApiPropertyOptional({ type: () => PreprocessingRequest })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => PreprocessingRequest)
  preprocessing?: PreprocessingRequest;

  @ApiPropertyOptional({ type: () => DataAugmentationRequest })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => DataAugmentationRequest)
  dataAugmentation?: DataAugmentationRequest;
}
