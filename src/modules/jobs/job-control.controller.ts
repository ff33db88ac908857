import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { accepted, created, LOCATION } from '../../http/answer.js';
import {
  ApiIdempotencyKey,
  IDEMPOTENCY_PROBLEMS,
  REPLAYED_HEADER,
} from '../../http/idempotency/api-idempotency-key.js';
import { CurrentExchange, type Exchange } from '../../http/idempotency/exchange.js';
import { Idempotency } from '../../http/idempotency/idempotency.js';
import { ApiProblems, BODY_PROBLEMS } from '../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { IdPipe } from '../../http/validation/id.pipe.js';
import { RequiresRole } from '../../http/requires-role.js';
import { JobResponse } from './dto/job.response.js';
import { ProgressResponse } from './dto/progress.response.js';
import { RetryJobRequest } from './dto/retry-job.request.js';
import { JobControlService } from './job-control.service.js';
import { JobRetryService, RetryFrom } from './job-retry.service.js';
import { JobNotFoundError } from './jobs.errors.js';
import { JobsService } from './jobs.service.js';
import { QueuePlaceService } from './queue/queue-place.service.js';

const JOB_NOT_FOUND = { 404: ['job_not_found'] };
const id = new IdPipe(JobNotFoundError);

@ApiTags('jobs')
@ApiParam({ name: 'id', description: 'Id of the job.', example: 'job_123' })
@Controller('jobs/:id')
export class JobControlController {
  constructor(
    private readonly jobs: JobsService,
    private readonly control: JobControlService,
    private readonly retries: JobRetryService,
    private readonly places: QueuePlaceService,
    private readonly idempotency: Idempotency,
  ) {}

  @Post('start')
  @RequiresRole('trainer')
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({
    operationId: 'jobs_start',
    summary: 'Start a job',
    description: 'Queues it, or lets it wait until its dataset is ready. A job can be started once.',
  })
  @ApiAcceptedResponse({
    description: 'The job, queued or waiting for its dataset.',
    type: JobResponse,
    headers: REPLAYED_HEADER,
  })
  @ApiProblems(JOB_NOT_FOUND, IDEMPOTENCY_PROBLEMS, {
    [HttpStatus.CONFLICT]: ['job_already_started', 'dataset_in_error', 'quota_exceeded'],
  })
  async start(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) jobId: string,
    @CurrentExchange() exchange: Exchange,
  ): Promise<JobResponse> {
    return this.idempotency.once(exchange, async (unit) =>
      accepted(JobResponse.from(await this.control.start(unit, tenant, jobId))),
    );
  }

  @Post('cancel')
  @RequiresRole('trainer')
  @ApiOperation({
    operationId: 'jobs_cancel',
    summary: 'Cancel a job',
    description: 'At once where nothing trains; otherwise the worker is asked to stop, which it does within a second.',
  })
  @ApiOkResponse({ description: 'The job is cancelled, now or since before.', type: JobResponse })
  @ApiAcceptedResponse({ description: 'The worker was asked to stop.', type: JobResponse })
  @ApiProblems(JOB_NOT_FOUND, { [HttpStatus.CONFLICT]: ['job_not_cancellable'] })
  async cancel(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) jobId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobResponse> {
    const { job, stopping } = await this.control.cancel(tenant, jobId);
    void reply.status(stopping ? HttpStatus.ACCEPTED : HttpStatus.OK);
    return JobResponse.from(job);
  }

  @Post('pause')
  @RequiresRole('trainer')
  @ApiOperation({
    operationId: 'jobs_pause',
    summary: 'Pause a job',
    description:
      'Its status stays what it was. A job that waits is paused at once; a worker is asked to stop, and what it has reported is kept.',
  })
  @ApiOkResponse({ description: 'The job is paused, now or since before.', type: JobResponse })
  @ApiAcceptedResponse({ description: 'The worker was asked to stop.', type: JobResponse })
  @ApiProblems(JOB_NOT_FOUND, { [HttpStatus.CONFLICT]: ['job_not_pausable'] })
  async pause(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) jobId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobResponse> {
    const { job, stopping } = await this.control.pause(tenant, jobId);
    void reply.status(stopping ? HttpStatus.ACCEPTED : HttpStatus.OK);
    return JobResponse.from(job);
  }

  @Post('resume')
  @RequiresRole('trainer')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({
    operationId: 'jobs_resume',
    summary: 'Resume a paused job',
    description: 'It waits for a worker again and goes on after its last epoch.',
  })
  @ApiAcceptedResponse({ description: 'The job, on its way again.', type: JobResponse })
  @ApiProblems(JOB_NOT_FOUND, { [HttpStatus.CONFLICT]: ['job_not_paused', 'dataset_in_error'] })
  async resume(@CurrentPrincipal() { tenant }: Principal, @Param('id', id) jobId: string): Promise<JobResponse> {
    return JobResponse.from(await this.control.resume(tenant, jobId));
  }

  @Post('retry')
  @RequiresRole('trainer')
  @ApiIdempotencyKey()
  @ApiOperation({
    operationId: 'jobs_retry',
    summary: 'Try a failed or cancelled job again',
    description:
      'As a new job with the same settings and seed, started at once: after the last epoch that was persisted, or anew.',
  })
  @ApiBody({ type: RetryJobRequest, required: false })
  @ApiCreatedResponse({ description: 'The new job.', type: JobResponse, headers: { ...LOCATION, ...REPLAYED_HEADER } })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, JOB_NOT_FOUND, {
    [HttpStatus.CONFLICT]: ['job_not_retryable', 'dataset_in_error', 'quota_exceeded'],
  })
  async retry(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) jobId: string,
    @Body() request: RetryJobRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<JobResponse> {
    return this.idempotency.once(exchange, async (unit) => {
      const job = await this.retries.retry(unit, tenant, jobId, request.from ?? RetryFrom.Checkpoint);
      return created('jobs', job.id, JobResponse.from(job));
    });
  }

  @Get('progress')
  @RequiresRole('viewer')
  @ApiOperation({
    operationId: 'jobs_progress',
    summary: 'Get the progress of a job',
    description: 'The latest report. Before the first epoch `currentEpoch` is 0 and there are no measurements.',
  })
  @ApiOkResponse({ description: 'Where the job stands.', type: ProgressResponse })
  @ApiProblems(JOB_NOT_FOUND)
  async progress(@CurrentPrincipal() { tenant }: Principal, @Param('id', id) jobId: string): Promise<ProgressResponse> {
    const job = await this.jobs.standing(tenant, jobId);
    return ProgressResponse.from(job, await this.places.of(job));
  }
}
