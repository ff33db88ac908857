import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { StreamTicketsService } from '../../auth/stream-tickets.service.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { StreamTicketRequest } from './dto/stream-ticket.request.js';
import { StreamTicketResponse } from './dto/stream-ticket.response.js';

@ApiTags('jobs')
@Controller('stream-tickets')
export class StreamTicketsController {
  constructor(
    private readonly tickets: StreamTicketsService,
    private readonly jobs: JobsService,
  ) {}

  @Post()
  @RequiresRole('viewer')
  @ApiOperation({
    operationId: 'stream_tickets_create',
    summary: 'Get a ticket to open a stream with',
    description:
      'For clients that cannot send an Authorization header, such as a browser’s EventSource. It opens one stream, within a minute, and nothing else.',
  })
  @ApiBody({ type: StreamTicketRequest, required: false })
  @ApiCreatedResponse({ description: 'The ticket.', type: StreamTicketResponse })
  @ApiProblems(BODY_PROBLEMS, { 404: ['job_not_found'] })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() { jobId }: StreamTicketRequest,
  ): Promise<StreamTicketResponse> {
    if (jobId !== undefined) await this.jobs.get(principal.tenant, jobId);
    return this.tickets.issue(principal, jobId ?? null);
  }
}
