import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS, LIST_PROBLEMS } from '../../http/openapi/api-problems.js';
import { PageQuery } from '../../http/page/page.query.js';
import { Pager } from '../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { IdPipe } from '../../http/validation/id.pipe.js';
import { RequiresRole } from '../../http/requires-role.js';
import { JobNotFoundError } from '../jobs/jobs.errors.js';
import { AlertNotFoundError } from './alerts.errors.js';
import { AlertsService } from './alerts.service.js';
import { AcknowledgeAlertRequest } from './dto/acknowledge-alert.request.js';
import { AlertPage, AlertResponse } from './dto/alert.response.js';
import { ListAlertsQuery } from './dto/list-alerts.query.js';

const ALERT_NOT_FOUND = { 404: ['alert_not_found'] };
const ID = { name: 'id', description: 'Id of the alert.', example: 'alert_123' };
const alertId = new IdPipe(AlertNotFoundError);
const jobId = new IdPipe(JobNotFoundError);

@ApiTags('alerts')
@Controller()
export class AlertsController {
  constructor(
    private readonly alerts: AlertsService,
    private readonly pager: Pager,
  ) {}

  @Get('alerts')
  @RequiresRole('viewer')
  @ApiOperation({ operationId: 'alerts_list', summary: 'List alerts of all jobs, newest first' })
  @ApiOkResponse({ description: 'A page of alerts.', type: AlertPage })
  @ApiProblems(LIST_PROBLEMS)
  async list(@CurrentPrincipal() { tenant }: Principal, @Query() query: ListAlertsQuery): Promise<AlertPage> {
    const { state, kind, jobId: jobs } = query;
    const scope = { list: 'alerts', tenant, filters: { state, kind, jobId: jobs } };
    const slice = await this.alerts.list(tenant, scope.filters, this.pager.request(query, scope));
    return this.pager.page(slice, scope, AlertResponse.from);
  }

  @Get('alerts/:id')
  @RequiresRole('viewer')
  @ApiParam(ID)
  @ApiOperation({ operationId: 'alerts_get', summary: 'Get an alert' })
  @ApiOkResponse({ description: 'The alert.', type: AlertResponse })
  @ApiProblems(ALERT_NOT_FOUND)
  async get(@CurrentPrincipal() { tenant }: Principal, @Param('id', alertId) id: string): Promise<AlertResponse> {
    return AlertResponse.from(await this.alerts.get(tenant, id));
  }

  @Post('alerts/:id/acknowledge')
  @RequiresRole('trainer')
  @HttpCode(HttpStatus.OK)
  @ApiParam(ID)
  @ApiOperation({
    operationId: 'alerts_acknowledge',
    summary: 'Acknowledge an alert',
    description: 'Says that somebody has seen it. Whoever was first stays on record.',
  })
  @ApiBody({ type: AcknowledgeAlertRequest, required: false })
  @ApiOkResponse({ description: 'The alert, acknowledged now or since before.', type: AlertResponse })
  @ApiProblems(BODY_PROBLEMS, ALERT_NOT_FOUND, { [HttpStatus.CONFLICT]: ['alert_resolved'] })
  async acknowledge(
    @CurrentPrincipal() principal: Principal,
    @Param('id', alertId) id: string,
    @Body() { note }: AcknowledgeAlertRequest,
  ): Promise<AlertResponse> {
    return AlertResponse.from(await this.alerts.acknowledge(principal, id, note ?? null));
  }

  @Get('jobs/:id/alerts')
  @RequiresRole('viewer')
  @ApiParam({ name: 'id', description: 'Id of the job.', example: 'job_123' })
  @ApiOperation({ operationId: 'jobs_alerts', summary: 'List the alerts of a job, newest first' })
  @ApiOkResponse({ description: 'A page of alerts.', type: AlertPage })
  @ApiProblems(LIST_PROBLEMS, { 404: ['job_not_found'] })
  async ofJob(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', jobId) id: string,
    @Query() query: PageQuery,
  ): Promise<AlertPage> {
    const scope = { list: 'job-alerts', tenant, filters: { jobId: id } };
    const slice = await this.alerts.ofJob(tenant, id, this.pager.request(query, scope));
    return this.pager.page(slice, scope, AlertResponse.from);
  }
}
