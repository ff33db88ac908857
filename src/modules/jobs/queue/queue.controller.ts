import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { QueueResponse } from '../dto/queue.response.js';
import { QueueOverviewService } from './queue-overview.service.js';

@ApiTags('queue')
@Controller('queue')
export class QueueController {
  constructor(private readonly overview: QueueOverviewService) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({
    summary: 'Get what waits, what trains and who trains it',
    description: "Jobs and counts are the tenant's own; of other tenants' jobs it tells their numbers alone.",
  })
  @ApiOkResponse({ description: 'The queue.', type: QueueResponse })
  @ApiProblems()
  async get(@CurrentPrincipal() { tenant }: Principal): Promise<QueueResponse> {
    return QueueResponse.from(await this.overview.of(tenant));
  }
}
