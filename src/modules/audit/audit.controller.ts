import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, LIST_PROBLEMS } from '../../http/openapi/api-problems.js';
import { Pager } from '../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { RequiresRole } from '../../http/requires-role.js';
import { AuditService } from './audit.service.js';
import { AuditEntryResponse, AuditPage } from './dto/audit-entry.response.js';
import { ListAuditQuery } from './dto/list-audit.query.js';

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly pager: Pager,
  ) {}

  @Get()
  @RequiresRole('admin')
  @ApiOperation({
    operationId: 'audit_list',
    summary: 'List who changed what, newest first',
    description: 'One entry for each thing that a request changed; what workers do is in the events of a job.',
  })
  @ApiOkResponse({ description: 'A page of entries.', type: AuditPage })
  @ApiProblems(LIST_PROBLEMS)
  async list(@CurrentPrincipal() { tenant }: Principal, @Query() query: ListAuditQuery): Promise<AuditPage> {
    const { actor, action, resource, resourceId } = query;
    const scope = { list: 'audit', tenant, filters: { actor, action, resource, resourceId } };
    const slice = await this.audit.list(tenant, scope.filters, this.pager.request(query, scope));
    return this.pager.page(slice, scope, AuditEntryResponse.from);
  }
}
