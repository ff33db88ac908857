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
