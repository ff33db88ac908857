import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, LIST_PROBLEMS } from '../../http/openapi/api-problems.js';
import { PageQuery } from '../../http/page/page.query.js';
import { Pager } from '../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { IdPipe } from '../../http/validation/id.pipe.js';
import { RequiresRole } from '../../http/requires-role.js';
import { JobEventPage, JobEventResponse } from './dto/job-event.response.js';
import { JobEventsService } from './job-events.service.js';
import { JobNotFoundError } from './jobs.errors.js';

const id = new IdPipe(JobNotFoundError);

@ApiTags('jobs')
@Controller('jobs/:id/events')
export class JobEventsController {
  constructor(
    private readonly events: JobEventsService,
    private readonly pager: Pager,
  ) {}

  @Get()
  @RequiresRole('viewer')
  @ApiParam({ name: 'id', description: 'Id of the job.', example: 'job_123' })
  @ApiOperation({
    summary: 'List what happened to a job, oldest first',
    description: 'Each change of its status, phase or attempt, with the worker that had it and the reason.',
  })
  @ApiOkResponse({ description: 'A page of events.', type: JobEventPage })
  @ApiProblems(LIST_PROBLEMS, { 404: ['job_not_found'] })
  async list(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) jobId: string,
    @Query() query: PageQuery,
  ): Promise<JobEventPage> {
    const scope = { list: 'job-events', tenant, filters: { jobId } };
    const slice = await this.events.list(tenant, jobId, this.pager.request(query, scope));
    return this.pager.page(slice, scope, JobEventResponse.from);
  }
}
