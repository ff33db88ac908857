import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../http/page/page.response.js';
import { AlertAction } from '../../jobs/alerting/alert-action-kind.js';
import { AlertKind } from '../../jobs/alerting/alert-kind.js';
import { AlertState } from '../alert-state.js';
import type { Alert } from '../alert.entity.js';

const TIME = { type: String, format: 'date-time' } as const;

/** Something about a run that somebody should look at. */
export class AlertResponse {
  @ApiProperty({ description: 'Sorts by the time it fired.', example: 'alert_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  id: string;

  @ApiProperty({ description: 'The job.', example: 'job_123' })
  jobId: string;

  @ApiProperty({ description: 'The detector’s name, or that of the job’s own rule.', example: 'overfitting' })
  rule: string;

  @ApiProperty({ description: 'What it is about; an open list.', enum: AlertKind, enumName: 'AlertKind' })
  kind: AlertKind;

  @ApiProperty({ description: 'Only moves forward.', enum: AlertState, enumName: 'AlertState' })
  state: AlertState;

  @ApiProperty({ description: 'What was done when it fired.', enum: AlertAction, enumName: 'AlertAction' })
  action: AlertAction;

  @ApiProperty({ description: 'The attempt in which it fired.', type: 'integer', example: 1 })
  attempt: number;

  @ApiProperty({ description: 'The epoch after which it fired.', type: 'integer', example: 45 })
  epoch: number;

  @ApiProperty({ description: 'A sentence for people, with its figures; do not parse it.' })
  detail: string;

  @ApiPropertyOptional({ description: 'What was measured.', type: Number, example: 0.41 })
  observed?: number;

  @ApiPropertyOptional({ description: 'The bound that it passed.', type: Number, example: 0.35 })
  bound?: number;

  @ApiProperty({ description: 'ISO 8601, UTC.', ...TIME })
  firedAt: Date;

  @ApiPropertyOptional({ description: 'When somebody first acknowledged it; ISO 8601, UTC.', ...TIME })
  acknowledgedAt?: Date;

  @ApiPropertyOptional({ description: 'Who did, as their token names them.', type: String, example: 'alice' })
  acknowledgedBy?: string;

  @ApiPropertyOptional({ description: 'What they had to say.', type: String })
  note?: string;

  @ApiPropertyOptional({ description: 'When what it is about had passed; ISO 8601, UTC.', ...TIME })
  resolvedAt?: Date;

  @ApiPropertyOptional({ description: 'The epoch after which it had.', type: 'integer', example: 52 })
  resolvedEpoch?: number;

  @ApiPropertyOptional({
    description: '`recovered`, or `job_ended`: the run is over, and nothing can be done about it.',
    type: String,
    example: 'recovered',
  })
  resolution?: string;

  static from(this: void, alert: Alert): AlertResponse {
    return {
      id: alert.id,
      jobId: alert.jobId,
      rule: alert.rule,
      kind: alert.kind,
      state: alert.state,
      action: alert.action,
      attempt: alert.attempt,
      epoch: alert.epoch,
      detail: alert.detail,
      observed: alert.observed ?? undefined,
      bound: alert.bound ?? undefined,
      firedAt: alert.firedAt,
      acknowledgedAt: alert.acknowledgedAt ?? undefined,
      acknowledgedBy: alert.acknowledgedBy ?? undefined,
      note: alert.note ?? undefined,
      resolvedAt: alert.resolvedAt ?? undefined,
      resolvedEpoch: alert.resolvedEpoch ?? undefined,
      resolution: alert.resolution ?? undefined,
    };
  }
}

export class AlertPage extends pageResponse(AlertResponse) {}
