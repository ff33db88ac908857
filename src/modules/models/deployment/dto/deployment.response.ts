import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../../http/page/page.response.js';
import { ConditionResponse } from '../../../../http/problem/condition.response.js';
import { type Deployment, DeploymentKind } from '../deployment.entity.js';

export class DeploymentResponse {
  @ApiProperty({ description: 'From 1, without a gap.', type: 'integer', example: 3 })
  number: number;

  @ApiProperty({ description: 'The model.', example: 'customer_segmentation_model' })
  modelId: string;

  @ApiProperty({
    description: 'A rollback goes back to an earlier deployment.',
    enum: DeploymentKind,
    enumName: 'DeploymentKind',
  })
  kind: DeploymentKind;

  @ApiProperty({ description: 'What is in production since.', example: '1.2.0' })
  version: string;

  @ApiPropertyOptional({ description: 'What was until then.', type: String, example: '1.1.0' })
  fromVersion?: string;

  @ApiProperty({ description: 'Whose token asked for it.', example: 'alice' })
  actor: string;

  @ApiPropertyOptional({ description: 'Why, as given.', type: String })
  reason?: string;

  @ApiPropertyOptional({
    description: 'Conditions of the policy that it did not meet and that were overridden.',
    type: () => [ConditionResponse],
  })
  overridden?: ConditionResponse[];

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  at: Date;

  static from(this: void, deployment: Deployment): DeploymentResponse {
    const { number, modelId, kind, version, fromVersion, actor, reason, overridden, at } = deployment;
    return {
      number,
      modelId,
      kind,
      version,
      fromVersion: fromVersion ?? undefined,
      actor,
      reason: reason ?? undefined,
      overridden: overridden ?? undefined,
      at,
    };
  }
}

export class DeploymentPage extends pageResponse(DeploymentResponse) {}
