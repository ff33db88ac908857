import { ApiProperty } from '@nestjs/swagger';
import { ConditionResponse } from '../../../../http/problem/condition.response.js';
import type { Prospect } from '../dry-run.service.js';

export class ProspectResponse {
  @ApiProperty({ description: 'The version that was looked at.', example: '1.2.0' })
  version: string;

  @ApiProperty({
    description:
      'Whether it would be deployed: every condition is met, or may be passed over by the override asked for.',
  })
  deployable: boolean;

  @ApiProperty({ description: 'Everything that is asked for, met or not.', type: () => [ConditionResponse] })
  conditions: ConditionResponse[];

  static from(this: void, { version, deployable, conditions }: Prospect): ProspectResponse {
    return { version, deployable, conditions };
  }
}
