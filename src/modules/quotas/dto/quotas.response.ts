import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Quotas } from '../../../config/quotas.js';
import type { Usage } from '../quotas.service.js';

export class LimitResponse {
  @ApiPropertyOptional({ description: 'Most of it; absent: any number.', type: 'integer', format: 'int64', minimum: 1 })
  limit?: number;
}

export class QuotaResponse extends LimitResponse {
  @ApiProperty({ description: 'What there is now.', type: 'integer', format: 'int64', minimum: 0 })
  used: number;
}

export class QuotasResponse {
  @ApiProperty({ description: 'Runs that workers train. Jobs beyond the limit wait for their turn.' })
  runningJobs: QuotaResponse;

  @ApiProperty({ description: 'Started jobs that have not begun to train, paused ones too.' })
  queuedJobs: QuotaResponse;

  @ApiProperty({ description: 'Epochs of one job.' })
  epochsPerJob: LimitResponse;

  @ApiProperty({ description: 'Bytes of datasets and model files in the platform.' })
  storageBytes: QuotaResponse;

  static from(this: void, quotas: Quotas, used: Usage): QuotasResponse {
    return {
      runningJobs: Object.assign(limited(quotas.runningJobs), { used: used.runningJobs }),
      queuedJobs: Object.assign(limited(quotas.queuedJobs), { used: used.queuedJobs }),
      epochsPerJob: limited(quotas.epochsPerJob),
      storageBytes: Object.assign(limited(quotas.storageBytes), { used: used.storageBytes }),
    };
  }
}

function limited(limit: number): LimitResponse {
  return limit === 0 ? {} : { limit };
}
