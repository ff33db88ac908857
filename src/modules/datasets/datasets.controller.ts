import { Body, Controller, Get, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { created, LOCATION } from '../../http/answer.js';
import {
  ApiIdempotencyKey,
  IDEMPOTENCY_PROBLEMS,
  REPLAYED_HEADER,
} from '../../http/idempotency/api-idempotency-key.js';
import { CurrentExchange, type Exchange } from '../../http/idempotency/exchange.js';
import { Idempotency } from '../../http/idempotency/idempotency.js';
import { ApiProblems, BODY_PROBLEMS, LIST_PROBLEMS } from '../../http/openapi/api-problems.js';
import { Pager } from '../../http/page/pager.js';
import { CurrentPrincipal, type Principal } from '../../http/principal.js';
import { IdPipe } from '../../http/validation/id.pipe.js';
import { RequiresRole } from '../../http/requires-role.js';
import { DatasetNotFoundError } from './datasets.errors.js';
import { DatasetsService } from './datasets.service.js';
import { CreateDatasetRequest } from './dto/create-dataset.request.js';
import { CREATE_DATASET_EXAMPLES, UPDATE_DATASET_EXAMPLES } from './dto/dataset.examples.js';
import { DatasetPage, DatasetResponse } from './dto/dataset.response.js';
import { ListDatasetsQuery } from './dto/list-datasets.query.js';
import { UpdateDatasetRequest } from './dto/update-dataset.request.js';

const NOT_FOUND = { 404: ['dataset_not_found'] };
const ID = { name: 'id', description: 'Id of the dataset.', example: 'dataset_123' };
const id = new IdPipe(DatasetNotFoundError);

@ApiTags('datasets')
@Controller('datasets')
export class DatasetsController {
  constructor(
    private readonly datasets: DatasetsService,
    private readonly pager: Pager,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @RequiresRole('trainer')
  @ApiIdempotencyKey()
  @ApiOperation({
    summary: 'Create a dataset',
    description: 'A reference to data held elsewhere is processed at once; an `upload` waits for its bytes.',
  })
  @ApiBody({ type: CreateDatasetRequest, examples: CREATE_DATASET_EXAMPLES })
  @ApiCreatedResponse({
    description: 'The dataset.',
    type: DatasetResponse,
    headers: { ...LOCATION, ...REPLAYED_HEADER },
  })
  @ApiProblems(BODY_PROBLEMS, IDEMPOTENCY_PROBLEMS)
  async create(
    @CurrentPrincipal() { tenant }: Principal,
    @Body() request: CreateDatasetRequest,
    @CurrentExchange() exchange: Exchange,
  ): Promise<DatasetResponse> {
    return this.idempotency.once(exchange, async (unit) => {
      const dataset = await this.datasets.create(unit, tenant, request);
      return created('datasets', dataset.id, DatasetResponse.from(dataset));
    });
  }

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'List datasets, newest first' })
  @ApiOkResponse({ description: 'A page of datasets.', type: DatasetPage })
  @ApiProblems(LIST_PROBLEMS)
  async list(@CurrentPrincipal() { tenant }: Principal, @Query() query: ListDatasetsQuery): Promise<DatasetPage> {
    const { type, status } = query;
    const scope = { list: 'datasets', tenant, filters: { type, status } };
    const slice = await this.datasets.list(tenant, scope.filters, this.pager.request(query, scope));
    return this.pager.page(slice, scope, DatasetResponse.from);
  }

  @Get(':id')
  @RequiresRole('viewer')
  @ApiParam(ID)
  @ApiOperation({ summary: 'Get a dataset' })
  @ApiOkResponse({ description: 'The dataset.', type: DatasetResponse })
  @ApiProblems(NOT_FOUND)
  async get(@CurrentPrincipal() { tenant }: Principal, @Param('id', id) datasetId: string): Promise<DatasetResponse> {
    return DatasetResponse.from(await this.datasets.get(tenant, datasetId));
  }

  @Patch(':id')
  @RequiresRole('trainer')
  @ApiParam(ID)
  @ApiOperation({
    summary: 'Change a dataset',
    description:
      'Name and description at any time; everything else while the dataset is `uploading`, or in `error`, which has it processed again. `metadata` is replaced as a whole.',
  })
  @ApiBody({ type: UpdateDatasetRequest, examples: UPDATE_DATASET_EXAMPLES })
  @ApiOkResponse({ description: 'The dataset as it is now.', type: DatasetResponse })
  @ApiProblems(BODY_PROBLEMS, NOT_FOUND, {
    [HttpStatus.CONFLICT]: ['dataset_immutable', 'dataset_source_fixed', 'dataset_type_in_use'],
  })
  async update(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) datasetId: string,
    @Body() request: UpdateDatasetRequest,
  ): Promise<DatasetResponse> {
    return DatasetResponse.from(await this.datasets.update(tenant, datasetId, request));
  }
}
