import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { created, LOCATION } from '../../http/answer.js';
import {
  ApiIdempotencyKey,
  IDEMPOTENCY_PROBLEMS,
  REPLAYED_HEADER,
} from '../../http/idempotency/api-idempotency-key.js';
import { CurrentExchange, type Exchange } from '../../http/idempotency/exchange.js';
import { Idempotency } from '../../http/idempotency/idempotency.js';
import { ApiProblems, BODY_PROBLEMS, LIST_PROBLEMS } from '../../http/openapi/api-problems.js';
import { Pager } from '../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { IdPipe } from '../../http/validation/id.pipe.js';
import { RequiresRole } from '../../http/requires-role.js';
import { CreateJobRequest } from './dto/create-job.request.js';
import { CREATE_JOB_EXAMPLES, UPDATE_JOB_EXAMPLES } from './dto/job.examples.js';
import { JobPage, JobResponse } from './dto/job.response.js';
import { ListJobsQuery } from './dto/list-jobs.query.js';
import { UpdateJobRequest } from './dto/update-job.request.js';
import { JobNotFoundError } from './jobs.errors.js';
import { JobsService } from './jobs.service.js';
import { QueuePlaceService } from './queue/queue-place.service.js';

const JOB_NOT_FOUND = { 404: ['job_not_found'] };
const RUN_PROBLEMS = {
  400: ['incompatible_model_type', 'invalid_hyperparameters', 'fault_not_allowed'],
  404: ['dataset_not_found'],
};
const ID = { name: 'id', description: 'Id of the job.', example: 'job_123' };
const id = new IdPipe(JobNotFoundError);

@ApiTags('jobs')
@Controller('jobs')
export class JobsController {
  constructor(
    private readonly jobs: JobsService,
    private readonly places: QueuePlaceService,
    private readonly pager: Pager,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @RequiresRole('trainer')
  @ApiIdempotencyKey()
  @ApiOperation({
    summary: 'Create a job',
    description:
      'Checks it against its dataset and fills in defaults; it trains once it is started. Its model exists from now on.',
  })
  @ApiBody({ type: CreateJobRequest, examples: CREATE_JOB_EXAMPLES })
  @ApiCreatedResponse({ description: 'The job.', type: JobResponse, headers: { ...LOCATION, ...REPLAYED_HEADER } })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, RUN_PROBLEMS, {
    400: ['model_id_required'],
    409: ['quota_exceeded'],
  })
  async create(
    @CurrentPrincipal() { tenant }: Principal,
    @Body() request: CreateJobRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<JobResponse> {
    return this.idempotency.once(exchange, async (unit) => {
      const job = await this.jobs.create(unit, tenant, request);
      return created('jobs', job.id, JobResponse.from(job));
    });
  }

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'List jobs, newest first' })
  @ApiOkResponse({ description: 'A page of jobs.', type: JobPage })
  @ApiProblems(LIST_PROBLEMS)
  async list(@CurrentPrincipal() { tenant }: Principal, @Query() query: ListJobsQuery): Promise<JobPage> {
    const { status, kind, modelType, datasetId, modelId } = query;
    const scope = { list: 'jobs', tenant, filters: { status, kind, modelType, datasetId, modelId } };
    const slice = await this.jobs.list(tenant, scope.filters, this.pager.request(query, scope));
    return this.pager.page(slice, scope, JobResponse.from);
  }

  @Get(':id')
  @RequiresRole('viewer')
  @ApiParam(ID)
  @ApiOperation({ summary: 'Get a job', description: 'With its place in the queue while it waits for a worker.' })
  @ApiOkResponse({ description: 'The job.', type: JobResponse })
  @ApiProblems(JOB_NOT_FOUND)
  async get(@CurrentPrincipal() { tenant }: Principal, @Param('id', id) jobId: string): Promise<JobResponse> {
    const job = await this.jobs.get(tenant, jobId);
    return JobResponse.withPlace(job, await this.places.of(job));
  }

  @Delete(':id')
  @RequiresRole('admin')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiParam(ID)
  @ApiOperation({
    summary: 'Delete a job that has ended',
    description: 'With its progress and events. Not while a numbered version of a model rests on it.',
  })
  @ApiNoContentResponse({ description: 'The job is gone.' })
  @ApiProblems(JOB_NOT_FOUND, { [HttpStatus.CONFLICT]: ['job_not_ended', 'job_in_use'] })
  async delete(@CurrentPrincipal() { tenant }: Principal, @Param('id', id) jobId: string): Promise<void> {
    await this.jobs.delete(tenant, jobId);
  }

  @Patch(':id')
  @RequiresRole('trainer')
  @ApiParam(ID)
  @ApiOperation({
    summary: 'Change a job',
    description:
      'Until it is started. Hyperparameters, configuration, simulation and alerts are each replaced as a whole; with another modelType and no hyperparameters the defaults of that type apply.',
  })
  @ApiBody({ type: UpdateJobRequest, examples: UPDATE_JOB_EXAMPLES })
  @ApiOkResponse({ description: 'The job as it is now.', type: JobResponse })
  @ApiProblems(BODY_PROBLEMS, JOB_NOT_FOUND, RUN_PROBLEMS, {
    [HttpStatus.CONFLICT]: ['job_not_editable', 'quota_exceeded'],
  })
  async update(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) jobId: string,
    @Body() request: UpdateJobRequest,
  ): Promise<JobResponse> {
    return JobResponse.from(await this.jobs.update(tenant, jobId, request));
  }
}
