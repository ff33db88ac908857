import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEnum,
  IsInt,
  IsNumber,
  IsObject,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';
import { AlertAction } from '../alerting/alert-action-kind.js';
import {
  type AlarmSettings,
  type AlertRule,
  DEFAULT_ALERTS,
  DEFAULT_RULE,
  type GivenAlertSettings,
  MOST_RULES,
  RULE_NAME,
  RuleKind,
  RuleMetric,
} from '../alerting/alert-settings.js';

const MOST_EPOCHS = 10_000;
/** The validator lets NaN and Infinity through unless told otherwise by leaving these false. */
const FINITE = { allowNaN: false, allowInfinity: false };

function Whole(description: string, minimum: number, maximum: number, usual: number): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, type: 'integer', minimum, maximum, default: usual }),
    MayBeAbsent(),
    IsInt(),
    Min(minimum),
    Max(maximum),
  );
}

function Figure(description: string, minimum: number, maximum: number, usual?: number): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description,
      type: Number,
      minimum,
      maximum,
      ...(usual !== undefined && { default: usual }),
    }),
    MayBeAbsent(),
    IsNumber(FINITE),
    Min(minimum),
    Max(maximum),
  );
}

function Switch(description: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ description, default: true }), MayBeAbsent(), IsBoolean());
}

function Part(description: string, type: () => new () => object): PropertyDecorator {
  return applyDecorators(
    // Lazy only under this name: Swagger goes by it.
    ApiPropertyOptional({ description, type: () => type() }),
    MayBeAbsent(),
    IsObject(),
    ValidateNested(),
    Type(type),
  );
}

/** What detectors and rules have in common, with the defaults of one of them. */
function alarmRequest(usual: AlarmSettings) {
  class AlarmRequest {
    @Switch('Whether it is watched for.')
    enabled?: boolean;

    @ApiPropertyOptional({
      description: 'What is done when it fires, beside telling.',
      enum: AlertAction,
      enumName: 'AlertAction',
      default: usual.action,
    })
    @MayBeAbsent()
    @IsEnum(AlertAction)
    action?: AlertAction;

    @Whole('Bad epochs in a row before it fires.', 1, MOST_EPOCHS, usual.patience)
    patience?: number;

    @Whole('Good epochs in a row before it resolves.', 1, MOST_EPOCHS, usual.recovery)
    recovery?: number;

    @Whole('Epochs after it has resolved before it may fire again.', 0, MOST_EPOCHS, usual.cooldown)
    cooldown?: number;
  }
  return AlarmRequest;
}

export class DivergenceRequest extends alarmRequest(DEFAULT_ALERTS.divergence) {
  @Figure('Of the loss to its best.', 1.01, 1_000_000, DEFAULT_ALERTS.divergence.ratio)
  ratio?: number;
}

export class OverfittingRequest extends alarmRequest(DEFAULT_ALERTS.overfitting) {
  @Figure('Of the validation loss above its best, as a share of that.', 0, 1_000, DEFAULT_ALERTS.overfitting.rise)
  rise?: number;
}

export class PlateauRequest extends alarmRequest(DEFAULT_ALERTS.plateau) {
  @Whole(
    'Epochs that are compared with as many before; `patience` counts up to it.',
    3,
    50,
    DEFAULT_ALERTS.plateau.window,
  )
  window?: number;
}

export class AccuracyDropRequest extends alarmRequest(DEFAULT_ALERTS.accuracyDrop) {
  @Figure('Of the accuracy below its best.', 0, 1, DEFAULT_ALERTS.accuracyDrop.drop)
  drop?: number;
}

export class SlowEpochsRequest extends alarmRequest(DEFAULT_ALERTS.slowEpochs) {
  @Figure('Of an epoch’s duration to the usual one.', 1.01, 1_000_000, DEFAULT_ALERTS.slowEpochs.ratio)
  ratio?: number;
}

export class StalledWorkerRequest {
  @Switch('Whether it is watched for.')
  enabled?: boolean;

  @Whole(
    'Milliseconds without a report; at least three expected epochs.',
    1_000,
    86_400_000,
    DEFAULT_ALERTS.stalledWorker.patienceMs,
  )
  patienceMs?: number;
}

export class AttemptFailedRequest {
  @Switch('Whether it is told.')
  enabled?: boolean;
}

export class AlertRuleRequest extends alarmRequest(DEFAULT_RULE) implements Partial<AlertRule> {
  @ApiProperty({ description: 'Unique in the job.', pattern: RULE_NAME.source, example: 'loss_above_two' })
  @Matches(RULE_NAME)
  name: string;

  @ApiProperty({ description: 'What is looked at.', enum: RuleMetric, enumName: 'AlertRuleMetric' })
  @IsEnum(RuleMetric)
  metric: RuleMetric;

  @ApiProperty({
    description:
      'threshold: the value itself. change: its change over `window` epochs, as a share. z_score: its distance from the mean of the `window` epochs before, in their standard deviations.',
    enum: RuleKind,
    enumName: 'AlertRuleKind',
  })
  @IsEnum(RuleKind)
  kind: RuleKind;

  @Figure('Bad above it; this or `below` is needed.', -1e12, 1e12)
  above?: number;

  @Figure('Bad below it.', -1e12, 1e12)
  below?: number;

  @Whole('Epochs.', 2, 200, DEFAULT_RULE.window)
  window?: number;
}

export class AlertSettingsRequest implements GivenAlertSettings {
  @Switch('Whether the run is watched at all.')
  enabled?: boolean;

  @Part('The loss explodes, or is no number any more.', () => DivergenceRequest)
  divergence?: DivergenceRequest;

  @Part('The validation loss rises while the training loss does not.', () => OverfittingRequest)
  overfitting?: OverfittingRequest;

  @Part('The loss stops getting better all at once, or never began to.', () => PlateauRequest)
  plateau?: PlateauRequest;

  @Part('The accuracy falls.', () => AccuracyDropRequest)
  accuracyDrop?: AccuracyDropRequest;

  @Part('Epochs take a multiple of their usual time.', () => SlowEpochsRequest)
  slowEpochs?: SlowEpochsRequest;

  @Part('The engine reports nothing, or the worker is lost.', () => StalledWorkerRequest)
  stalledWorker?: StalledWorkerRequest;

  @Part('An attempt fails, for whatever other reason.', () => AttemptFailedRequest)
  attemptFailed?: AttemptFailedRequest;

  @ApiPropertyOptional({ description: 'Rules of the job’s own.', type: () => [AlertRuleRequest], maxItems: MOST_RULES })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_RULES)
  // @ValidateNested alone lets an item be a list, whose own items it then looks at.
  @IsObject({ each: true })
  @ArrayUnique((rule?: AlertRuleRequest) => rule?.name)
  @ValidateNested({ each: true })
  @Type(() => AlertRuleRequest)
  rules?: AlertRuleRequest[];
}
