import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../http/public.js';
import { ProbeResponse } from './dto/health.response.js';
import { Readiness } from './operations/readiness.js';
import { HealthService } from './health.service.js';

/** For whatever watches the process: no token, and nothing told but the verdict. */
@ApiTags('probes')
@Controller()
export class ProbesController {
  constructor(
    private readonly health: HealthService,
    private readonly readiness: Readiness,
  ) {}

  @Get('livez')
  @Public()
  @ApiOperation({ summary: 'Whether the process runs', description: 'Outside the base path, without a token.' })
  @ApiOkResponse({ description: 'It does.', type: ProbeResponse })
  livez(): ProbeResponse {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Public()
  @ApiOperation({
    summary: 'Whether the process can serve requests',
    description: 'Outside the base path, without a token.',
  })
  @ApiOkResponse({ description: 'It can.', type: ProbeResponse })
  @ApiResponse({
    status: 503,
    description: 'It cannot: the database does not answer, or the process is about to end.',
    type: ProbeResponse,
  })
  async readyz(@Res({ passthrough: true }) reply: FastifyReply): Promise<ProbeResponse> {
    if (!this.readiness.isClosing && (await this.health.isReady())) return { status: 'ok' };
    void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: 'unavailable' };
  }
}
