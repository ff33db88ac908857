import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { RequiresRole } from '../../http/requires-role.js';
import { QuotasResponse } from './dto/quotas.response.js';
import { QuotasService } from './quotas.service.js';

@ApiTags('quotas')
@Controller('quotas')
export class QuotasController {
  constructor(private readonly quotas: QuotasService) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({
    summary: 'Get what the tenant may have, and has',
    description: 'Quotas are set by whoever runs the platform.',
  })
  @ApiOkResponse({ description: 'Quotas and what is used of them.', type: QuotasResponse })
  @ApiProblems()
  async get(@CurrentPrincipal() { tenant }: Principal): Promise<QuotasResponse> {
    return QuotasResponse.from(this.quotas.of(tenant), await this.quotas.usage(tenant));
  }
}
