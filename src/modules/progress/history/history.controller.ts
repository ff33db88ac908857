import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, HttpCode, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems, BODY_PROBLEMS, LIST_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { Pager } from '../../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { IdPipe } from '../../../http/validation/id.pipe.js';
import { Expensive } from '../../../http/rate-limit/expensive.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { JobNotFoundError } from '../../jobs/jobs.errors.js';
import { checkHistory, checkQuery } from './check-history.js';
import { boundsOf } from './dto/epoch-range.js';
import { HistoryQuery, PAGE_EPOCHS } from './dto/history.query.js';
import {
  HistoriesResponse,
  HistoryPointResponse,
  HistoryResponse,
  JobHistoryResponse,
} from './dto/history.response.js';
import { POINTS_OF_A_JOB, QueryProgressRequest } from './dto/query-progress.request.js';
import { acceptedFormat, HistoryFormat, MEDIA_TYPES } from './history-format.js';
import { csvOf } from './history.csv.js';
import { type Thinning, ThinningMethod } from './history.js';
import type { Asked } from './history.repository.js';
import { HistoryService } from './history.service.js';
import { inOrder, type Series, THINNED_BY } from './series.js';

const id = new IdPipe(JobNotFoundError);

@ApiTags('jobs')
@Controller()
export class ProgressHistoryController {
  constructor(
    private readonly histories: HistoryService,
    private readonly pager: Pager,
  ) {}

  @Get('jobs/:id/progress/history')
  @RequiresRole('viewer')
  @Expensive()
  @ApiParam({ name: 'id', description: 'Id of the job.', example: 'job_123' })
  @ApiOperation({
    operationId: 'jobs_progress_history',
    summary: 'Get the epochs of a job, oldest first',
    description:
      'Page by page, or thinned out to `maxPoints` of them. With `Accept: text/csv` as CSV, all of the range at once unless it is thinned out.',
  })
  @ApiExtraModels(HistoryResponse)
  @ApiOkResponse({
    description: 'The epochs.',
    content: {
      [MEDIA_TYPES.json]: { schema: { $ref: getSchemaPath(HistoryResponse) } },
      [MEDIA_TYPES.csv]: { schema: { type: 'string' } },
    },
  })
  @ApiProblems(LIST_PROBLEMS, { 404: ['job_not_found'], 406: ['not_acceptable'], 503: ['histories_busy'] })
  async history(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) jobId: string,
    @Query() query: HistoryQuery,
    @Headers('accept') accept: string | undefined,
    @Req() { method: verb }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.header('vary', 'Accept');
    const format = acceptedFormat(accept);
    checkHistory(query, format);
    await this.histories.requireJobs(tenant, [jobId]);
    const asked = { tenantId: tenant, jobId, ...selectionOf(query) };
    void reply.type(`${MEDIA_TYPES[format]}; charset=utf-8`);
    await reply.send(await this.answer(asked, query, verb === 'HEAD' ? 'nothing' : format));
  }

  @Post('progress/query')
  @RequiresRole('viewer')
  @Expensive()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    operationId: 'progress_query',
    summary: 'Get the epochs of several jobs, thinned out',
    description: 'As `GET /jobs/{id}/progress/history` with `maxPoints` gives them, of up to 20 jobs.',
  })
  @ApiOkResponse({ description: 'The epochs of each.', type: HistoriesResponse })
  @ApiProblems(BODY_PROBLEMS, { 404: ['job_not_found'], 503: ['histories_busy'] })
  async several(
    @CurrentPrincipal() { tenant }: Principal,
    @Body() request: QueryProgressRequest,
  ): Promise<HistoriesResponse> {
    const { maxPoints = POINTS_OF_A_JOB } = request;
    checkQuery(request, maxPoints);
    const thinning = thinningOf(request, maxPoints);
    const histories = await this.histories.each(tenant, request.jobIds, selectionOf(request), thinning);
    return { data: histories.map(JobHistoryResponse.from) };
  }

  private async answer(asked: Asked, query: HistoryQuery, form: HistoryFormat | 'nothing') {
    const { limit = PAGE_EPOCHS, cursor, maxPoints } = query;
    const { tenantId, ...filters } = asked;
    const scope = { list: 'progress-history', tenant: tenantId, filters };
    const request = this.pager.request({ limit, cursor }, scope);
    if (form === 'nothing') return Readable.from([]);
    if (form === HistoryFormat.Csv) return this.csv(asked, query);
    if (maxPoints !== undefined) {
      return HistoryResponse.from(await this.histories.thinned(asked, thinningOf(query, maxPoints)));
    }
    const slice = await this.histories.page(asked, request);
    return HistoryResponse.of(this.pager.page(slice, scope, HistoryPointResponse.from), slice.originalCount);
  }

  private csv(asked: Asked, { maxPoints, ...query }: HistoryQuery): Readable {
    if (maxPoints === undefined) return csvOf(asked.series, this.histories.all(asked));
    return csvOf(asked.series, this.thinned(asked, thinningOf(query, maxPoints)));
  }

  private async *thinned(asked: Asked, thinning: Thinning) {
    yield (await this.histories.thinned(asked, thinning)).points;
  }
}

function selectionOf(asked: { fromEpoch?: number; toEpoch?: number; series?: Series[] }) {
  return { ...boundsOf(asked), series: inOrder(asked.series) };
}

function thinningOf(asked: { series?: Series[]; method?: ThinningMethod }, maxPoints: number): Thinning {
  const by = asked.series ? inOrder(asked.series) : THINNED_BY;
  return { maxPoints, method: asked.method ?? ThinningMethod.MinMax, by };
}
