import { Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { accepted } from '../../../http/answer.js';
import {
  ApiIdempotencyKey,
  IDEMPOTENCY_PROBLEMS,
  REPLAYED_HEADER,
} from '../../../http/idempotency/api-idempotency-key.js';
import { CurrentExchange, type Exchange } from '../../../http/idempotency/exchange.js';
import { Idempotency } from '../../../http/idempotency/idempotency.js';
import { ApiProblems } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { Expensive } from '../../../http/rate-limit/expensive.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { JobResponse } from '../../jobs/dto/job.response.js';
import { JobVerificationService } from '../../jobs/job-verification.service.js';
import { ApiModelId, ApiVersion, MODEL_ID, VERSION_PROBLEMS } from '../model-route.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { VersionPipe } from '../version.pipe.js';

@ApiTags('models')
@Controller('models/:modelId/versions/:version')
export class VerificationController {
  constructor(
    private readonly models: ModelsService,
    private readonly verifications: JobVerificationService,
    private readonly idempotency: Idempotency,
  ) {}

  @Post('verify')
  @RequiresRole('trainer')
  @Expensive()
  @ApiModelId()
  @ApiVersion()
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({
    operationId: 'models_verify',
    summary: 'Train a version again, to see whether the same comes out',
    description:
      'As a job of the kind `verification` from the same seed, data, hyperparameters and configuration. It makes no version; its verdict stands with the job and with the version.',
  })
  @ApiAcceptedResponse({ description: 'The job, started.', type: JobResponse, headers: REPLAYED_HEADER })
  @ApiProblems(IDEMPOTENCY_PROBLEMS, VERSION_PROBLEMS, { 409: ['dataset_in_error', 'quota_exceeded'] })
  verify(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) number: VersionNumber,
    @CurrentExchange() exchange: Exchange,
  ): Promise<JobResponse> {
    return this.idempotency.once(exchange, async (unit) => {
      const version = await this.models.version(tenant, modelId, number, unit.transaction);
      const job = await this.verifications.verify(unit, tenant, version.id, version.trainingJobId);
      return accepted(JobResponse.from(job));
    });
  }
}
