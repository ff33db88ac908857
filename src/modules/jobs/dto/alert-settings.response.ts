import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AlertAction } from '../alerting/alert-action-kind.js';
import {
  type AlarmSettings,
  type AlertRule,
  type AlertSettings,
  RuleKind,
  RuleMetric,
} from '../alerting/alert-settings.js';

const EPOCHS = { type: 'integer' } as const;

class AlarmResponse implements AlarmSettings {
  @ApiProperty({ description: 'Whether it is watched for.' })
  enabled: boolean;

  @ApiProperty({ description: 'What is done when it fires.', enum: AlertAction, enumName: 'AlertAction' })
  action: AlertAction;

  @ApiProperty({ description: 'Bad epochs in a row before it fires.', ...EPOCHS })
  patience: number;

  @ApiProperty({ description: 'Good epochs in a row before it resolves.', ...EPOCHS })
  recovery: number;

  @ApiProperty({ description: 'Epochs after it has resolved before it may fire again.', ...EPOCHS })
  cooldown: number;
}

export class RatioAlarmResponse extends AlarmResponse {
  @ApiProperty({ description: 'To the best, or to the usual.' })
  ratio: number;
}

export class OverfittingResponse extends AlarmResponse {
  @ApiProperty({ description: 'Share of the best validation loss.' })
  rise: number;
}

export class PlateauResponse extends AlarmResponse {
  @ApiProperty({ description: 'Epochs that are compared.', ...EPOCHS })
  window: number;
}

export class AccuracyDropResponse extends AlarmResponse {
  @ApiProperty({ description: 'Below the best accuracy.' })
  drop: number;
}

export class StalledWorkerResponse {
  @ApiProperty({ description: 'Whether it is watched for.' })
  enabled: boolean;

  @ApiProperty({ description: 'Milliseconds without a report.', ...EPOCHS })
  patienceMs: number;
}

export class AttemptFailedResponse {
  @ApiProperty({ description: 'Whether it is told.' })
  enabled: boolean;
}

export class AlertRuleResponse extends AlarmResponse implements AlertRule {
  @ApiProperty({ description: 'Unique in the job.' })
  name: string;

  @ApiProperty({ description: 'What is looked at.', enum: RuleMetric, enumName: 'AlertRuleMetric' })
  metric: RuleMetric;

  @ApiProperty({ description: 'How it is looked at.', enum: RuleKind, enumName: 'AlertRuleKind' })
  kind: RuleKind;

  @ApiPropertyOptional({ description: 'Bad above it.', type: Number })
  above?: number;

  @ApiPropertyOptional({ description: 'Bad below it.', type: Number })
  below?: number;

  @ApiProperty({ description: 'Epochs.', ...EPOCHS })
  window: number;
}

/** What is watched for while the job trains, defaults filled in. */
export class AlertSettingsResponse implements AlertSettings {
  @ApiProperty({ description: 'Whether the run is watched at all.' })
  enabled: boolean;

  @ApiProperty({ description: 'The loss explodes.', type: () => RatioAlarmResponse })
  divergence: RatioAlarmResponse;

  @ApiProperty({ description: 'The validation loss rises.', type: () => OverfittingResponse })
  overfitting: OverfittingResponse;

  @ApiProperty({ description: 'The loss stops getting better.', type: () => PlateauResponse })
  plateau: PlateauResponse;

  @ApiProperty({ description: 'The accuracy falls.', type: () => AccuracyDropResponse })
  accuracyDrop: AccuracyDropResponse;

  @ApiProperty({ description: 'Epochs take long.', type: () => RatioAlarmResponse })
  slowEpochs: RatioAlarmResponse;

  @ApiProperty({ description: 'Nothing is reported.', type: () => StalledWorkerResponse })
  stalledWorker: StalledWorkerResponse;

  @ApiProperty({ description: 'An attempt fails.', type: () => AttemptFailedResponse })
  attemptFailed: AttemptFailedResponse;

  @ApiProperty({ description: 'Rules of the job’s own.', type: () => [AlertRuleResponse] })
  rules: AlertRuleResponse[];
}
