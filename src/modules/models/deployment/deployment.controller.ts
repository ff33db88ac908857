import { Body, Controller, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import {
  ApiIdempotencyKey,
  IDEMPOTENCY_PROBLEMS,
  REPLAYED_HEADER,
} from '../../../http/idempotency/api-idempotency-key.js';
import { CurrentExchange, type Exchange } from '../../../http/idempotency/exchange.js';
import { ApiProblems, BODY_PROBLEMS } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { ValidationFailedError } from '../../../http/validation/validation.errors.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ModelVersionResponse } from '../dto/model-version.response.js';
import { ApiModelId, ApiVersion, MODEL_ID, VERSION_PROBLEMS } from '../model-route.js';
import type { VersionNumber } from '../version-number.js';
import { parsedVersion, VersionPipe } from '../version.pipe.js';
import { VersionStatus } from '../version-state.js';
import { ArchiveService } from './archive.service.js';
import { Changes } from './changes.js';
import { DeploymentService } from './deployment.service.js';
import { DryRunService } from './dry-run.service.js';
import { DeployQuery } from './dto/deploy.query.js';
import { DeployRequest } from './dto/deploy.request.js';
import { ProspectResponse } from './dto/prospect.response.js';
import { RollbackRequest } from './dto/rollback.request.js';
import { UpdateVersionRequest } from './dto/update-version.request.js';

const NOT_INTACT = ['artifact_damaged', 'artifact_missing', 'artifact_deleted'];
const STORE_PROBLEMS = { 503: ['storage_unavailable'] };
const DEPLOY_PROBLEMS = { 409: ['version_archived', 'policy_not_met', ...NOT_INTACT] };
const OVERRIDE_MISPLACED = {
  pointer: '/override',
  code: 'not_allowed_value',
  detail: 'Only a deployment can override.',
};

@ApiTags('models')
@ApiModelId()
@Controller('models/:modelId')
export class DeploymentController {
  constructor(
    private readonly deployments: DeploymentService,
    private readonly archives: ArchiveService,
    private readonly dryRuns: DryRunService,
    private readonly changes: Changes,
  ) {}

  @Post('versions/:version/deploy')
  @RequiresRole('admin')
  @ApiVersion()
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    operationId: 'models_deploy',
    summary: 'Deploy a version',
    description:
      "In place of the one that is deployed, which is ready again. At most one version of a model is. Its model file must be intact, and it must meet the model's policy.",
  })
  @ApiBody({ type: DeployRequest, required: false })
  @ApiExtraModels(ModelVersionResponse, ProspectResponse)
  @ApiOkResponse({
    description: 'The version, deployed; of a dry run, what would come of it.',
    schema: { oneOf: [{ $ref: getSchemaPath(ModelVersionResponse) }, { $ref: getSchemaPath(ProspectResponse) }] },
    headers: REPLAYED_HEADER,
  })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, VERSION_PROBLEMS, DEPLOY_PROBLEMS, STORE_PROBLEMS)
  async deploy(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Query() { dryRun }: DeployQuery,
    @Body() { reason, override = false }: DeployRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse | ProspectResponse> {
    const order = { principal, modelId, reason, override };
    if (dryRun === 'true') return ProspectResponse.from(await this.dryRuns.deploy(order, version));
    return this.changes.make(exchange, order, (unit, read) => this.deployments.deploy(unit, order, version, read));
  }

  @Post('rollback')
  @RequiresRole('admin')
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    operationId: 'models_rollback',
    summary: 'Go back to an earlier deployment',
    description:
      'One deployment further back with every call (send an Idempotency-Key to be safe from repeating it), or to the last deployment of the version that is named. Its model file must be intact; the policy is not asked.',
  })
  @ApiBody({ type: RollbackRequest, required: false })
  @ApiOkResponse({ description: 'The version, deployed again.', type: ModelVersionResponse, headers: REPLAYED_HEADER })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS, VERSION_PROBLEMS, {
    409: ['nothing_to_roll_back_to', 'version_not_deployed_before', 'version_archived', ...NOT_INTACT],
    ...STORE_PROBLEMS,
  })
  rollBack(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Body() { to, reason }: RollbackRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const order = { principal, modelId, reason };
    const number = to === undefined ? null : parsedVersion(to);
    return this.changes.make(exchange, order, (unit, read) => this.deployments.rollBack(unit, order, number, read));
  }

  @Patch('versions/:version')
  @RequiresRole('admin')
  @ApiVersion()
  @ApiOperation({
    operationId: 'models_update_version',
    summary: 'Change the status of a version',
    description: 'The same as deploy, archive and restore.',
  })
  @ApiOkResponse({ description: 'The version as it is now.', type: ModelVersionResponse })
  @ApiProblems(BODY_PROBLEMS, VERSION_PROBLEMS, DEPLOY_PROBLEMS, STORE_PROBLEMS, { 409: ['version_deployed'] })
  update(
    @CurrentPrincipal() principal: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Body() { status, reason, override }: UpdateVersionRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ModelVersionResponse> {
    const deploys = status === VersionStatus.Deployed;
    if (override !== undefined && !deploys) throw new ValidationFailedError([OVERRIDE_MISPLACED]);
    const order = { principal, modelId, reason, override: override ?? false };
    return this.changes.make(exchange, order, (unit, read) => {
      if (deploys) return this.deployments.deploy(unit, order, version, read);
      if (status === VersionStatus.Archived) return this.archives.archive(unit, order, version);
      return this.archives.restore(unit, order, version);
    });
  }
}
