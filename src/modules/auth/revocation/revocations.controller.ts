import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS, LIST_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { Pager } from '../../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { Expensive } from '../../../http/rate-limit/expensive.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ListRevocationsQuery } from './dto/list-revocations.query.js';
import { RevokeEveryoneRequest, RevokeRequest } from './dto/revocation.request.js';
import { RevocationPage, RevocationResponse } from './dto/revocation.response.js';
import { RevocationsService } from './revocations.service.js';

const WITHIN =
  'Every API refuses them within a second, with 401 `token_revoked`, and their streams end. Tokens that are issued later are good, but for those within the second or the tolerance of clocks: shut the user out at the issuer first.';
const CREATED = { description: 'What is refused from now on.', type: RevocationResponse };

@ApiTags('revocations')
@Controller('revocations')
export class RevocationsController {
  constructor(
    private readonly revocations: RevocationsService,
    private readonly pager: Pager,
  ) {}

  @Post()
  @RequiresRole('admin')
  @Expensive()
  @ApiOperation({
    operationId: 'revocations_create',
    summary: "Revoke a user's tokens",
    description: WITHIN,
  })
  @ApiCreatedResponse(CREATED)
  @ApiProblems(BODY_PROBLEMS)
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() { subject, reason }: RevokeRequest,
  ): Promise<RevocationResponse> {
    return RevocationResponse.from(await this.revocations.revoke(principal, subject, reason));
  }

  @Post('everyone')
  @RequiresRole('admin')
  @Expensive()
  @ApiOperation({
    operationId: 'revocations_create_everyone',
    summary: 'Revoke all tokens of the tenant, the own one too',
    description: WITHIN,
  })
  @ApiBody({ type: RevokeEveryoneRequest, required: false })
  @ApiCreatedResponse(CREATED)
  @ApiProblems(BODY_PROBLEMS)
  async everyone(
    @CurrentPrincipal() principal: Principal,
    @Body() { reason }: RevokeEveryoneRequest,
  ): Promise<RevocationResponse> {
    return RevocationResponse.from(await this.revocations.revoke(principal, null, reason));
  }

  @Post('own')
  @RequiresRole('viewer')
  @Expensive()
  @ApiOperation({
    operationId: 'revocations_create_own',
    summary: 'Revoke the own tokens: log out everywhere',
    description: WITHIN,
  })
  @ApiCreatedResponse(CREATED)
  @ApiProblems()
  async own(@CurrentPrincipal() principal: Principal): Promise<RevocationResponse> {
    return RevocationResponse.from(await this.revocations.revoke(principal, principal.sub));
  }

  @Get()
  @RequiresRole('admin')
  @ApiOperation({ operationId: 'revocations_list', summary: 'List revocations, newest first' })
  @ApiOkResponse({ description: 'A page of revocations.', type: RevocationPage })
  @ApiProblems(LIST_PROBLEMS)
  async list(@CurrentPrincipal() { tenant }: Principal, @Query() query: ListRevocationsQuery): Promise<RevocationPage> {
    const scope = { list: 'revocations', tenant, filters: { subject: query.subject } };
    const slice = await this.revocations.list(tenant, query.subject, this.pager.request(query, scope));
    return this.pager.page(slice, scope, RevocationResponse.from);
  }
}
