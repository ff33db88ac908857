import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { IdPipe } from '../../../http/validation/id.pipe.js';
import { Expensive } from '../../../http/rate-limit/expensive.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { JobNotFoundError } from '../../jobs/jobs.errors.js';
import { ApiModelId, MODEL_ID, VERSION_PROBLEMS } from '../model-route.js';
import { parsedVersion } from '../version.pipe.js';
import { ComparisonService } from './comparison.service.js';
import { CompareJobsQuery, CompareVersionsQuery } from './dto/compared.query.js';
import { ComparisonResponse } from './dto/comparison.response.js';

const COMPARISON = { description: 'The comparison.', type: ComparisonResponse };
const jobId = new IdPipe(JobNotFoundError);

@Controller()
export class ComparisonController {
  constructor(private readonly comparisons: ComparisonService) {}

  @Get('models/:modelId/compare')
  @RequiresRole('viewer')
  @Expensive()
  @ApiTags('models')
  @ApiModelId()
  @ApiOperation({
    operationId: 'models_compare',
    summary: 'Compare versions of a model',
    description: 'What sets them apart, which is best by which metric, and their curves side by side.',
  })
  @ApiOkResponse(COMPARISON)
  @ApiProblems({ 400: ['validation_failed'] }, VERSION_PROBLEMS)
  async versions(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Query() { versions }: CompareVersionsQuery,
  ): Promise<ComparisonResponse> {
    return ComparisonResponse.from(await this.comparisons.versions(tenant, modelId, versions.map(parsedVersion)));
  }

  @Get('jobs/compare')
  @RequiresRole('viewer')
  @Expensive()
  @ApiTags('jobs')
  @ApiOperation({
    operationId: 'jobs_compare',
    summary: 'Compare jobs, of one model or several',
    description: 'Any that have begun. Those that have not completed have curves, and no final metrics.',
  })
  @ApiOkResponse(COMPARISON)
  @ApiProblems({ 400: ['validation_failed'], 404: ['job_not_found'], 409: ['job_not_begun'] })
  async jobs(
    @CurrentPrincipal() { tenant }: Principal,
    @Query() { jobs }: CompareJobsQuery,
  ): Promise<ComparisonResponse> {
    const ids = jobs.map((text) => jobId.transform(text));
    return ComparisonResponse.from(await this.comparisons.jobs(tenant, ids));
  }
}
