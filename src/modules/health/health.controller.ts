import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiTokenProblems } from '../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { RequiresRole } from '../../http/requires-role.js';
import { HealthResponse } from './dto/health.response.js';
import { HealthStatus } from './health-state.js';
import { HealthService } from './health.service.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Get the health of the platform', description: 'Counts are those of the tenant.' })
  @ApiOkResponse({ description: 'Healthy or degraded.', type: HealthResponse })
  @ApiResponse({ status: 503, description: 'Unhealthy: the database is down.', type: HealthResponse })
  @ApiTokenProblems()
  async get(
    @CurrentPrincipal() { tenant }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HealthResponse> {
    const [assessment, counts] = await Promise.all([this.health.assess(tenant), this.health.counts(tenant)]);
    if (assessment.status === HealthStatus.Unhealthy) void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return HealthResponse.from(assessment, counts);
  }
}
