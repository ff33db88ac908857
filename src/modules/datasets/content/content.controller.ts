import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accepted } from '../../../http/answer.js';
import { ApiDownload, DOWNLOAD_PROBLEMS } from '../../../http/download/api-download.js';
import { serveObject } from '../../../http/download/serve-object.js';
import {
  ApiIdempotencyKey,
  IDEMPOTENCY_PROBLEMS,
  REPLAYED_HEADER,
} from '../../../http/idempotency/api-idempotency-key.js';
import { CurrentExchange, type Exchange } from '../../../http/idempotency/exchange.js';
import { Idempotency } from '../../../http/idempotency/idempotency.js';
import { ApiProblems } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { ApiUpload, UPLOAD_PROBLEMS } from '../../../http/upload/api-upload.js';
import { incomingFile } from '../../../http/upload/incoming-file.js';
import { StreamedBody } from '../../../http/upload/streamed-body.js';
import { IdPipe } from '../../../http/validation/id.pipe.js';
import { Expensive } from '../../../http/rate-limit/expensive.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { DatasetNotFoundError } from '../datasets.errors.js';
import { DatasetPreviewResponse } from '../dto/dataset-preview.response.js';
import { DatasetProfileResponse } from '../dto/dataset-profile.response.js';
import { DatasetResponse } from '../dto/dataset.response.js';
import { PreviewDatasetQuery } from '../dto/preview-dataset.query.js';
import { ContentService } from './content.service.js';

/** Milliseconds in which some part of an upload has to arrive. */
const IDLE_MS = 60_000;

const NOT_FOUND = { 404: ['dataset_not_found'] };
const NO_PROFILE = { 404: ['dataset_not_found', 'dataset_profile_missing'] };
const id = new IdPipe(DatasetNotFoundError);

@ApiTags('datasets')
@ApiParam({ name: 'id', description: 'Id of the dataset.', example: 'dataset_123' })
@Controller('datasets/:id')
export class ContentController {
  constructor(
    private readonly content: ContentService,
    private readonly idempotency: Idempotency,
  ) {}

  @Put('content')
  @RequiresRole('trainer')
  @Expensive()
  @StreamedBody()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiUpload()
  @ApiOperation({
    operationId: 'datasets_upload',
    summary: 'Upload the data of a dataset',
    description:
      'For datasets whose `metadata.source` is `upload`, until they are ready. The body is the file itself, or a form with one file. It is stored whole or not at all; an interrupted upload can be sent again. `Content-Digest` (sha-256) is checked when sent.',
  })
  @ApiAcceptedResponse({ description: 'The dataset; a worker looks at its content next.', type: DatasetResponse })
  @ApiProblems(UPLOAD_PROBLEMS, NOT_FOUND, {
    409: ['dataset_not_an_upload', 'dataset_content_fixed', 'quota_exceeded'],
  })
  async upload(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) datasetId: string,
    @Req() request: FastifyRequest,
  ): Promise<DatasetResponse> {
    const room = await this.content.roomFor(tenant, datasetId);
    try {
      const file = await incomingFile(request, { ...room, idleMs: IDLE_MS });
      return DatasetResponse.from(await this.content.receive(tenant, datasetId, file));
    } finally {
      room.leave?.();
    }
  }

  @Get('content')
  @RequiresRole('viewer')
  @Expensive()
  @ApiDownload()
  @ApiOperation({
    operationId: 'datasets_download',
    summary: 'Download the data of a dataset',
    description: 'As they were uploaded. One range of bytes can be asked for; the entity tag is the sha256.',
  })
  @ApiProblems(DOWNLOAD_PROBLEMS, { 404: ['dataset_not_found', 'dataset_content_missing'] })
  async download(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) datasetId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const dataset = await this.content.withContent(tenant, datasetId);
    await serveObject(request, reply, {
      size: dataset.contentBytes,
      sha256: dataset.contentSha256,
      ...(await this.content.described(dataset)),
      open: (range) => this.content.open(dataset, range),
    });
  }

  @Post('process')
  @RequiresRole('trainer')
  @Expensive()
  @ApiIdempotencyKey()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({
    operationId: 'datasets_process',
    summary: 'Look at a dataset in error again',
    description: 'As it stands. Changing what it declares, or a new upload, has it looked at again by itself.',
  })
  @ApiAcceptedResponse({ description: 'The dataset.', type: DatasetResponse, headers: REPLAYED_HEADER })
  @ApiProblems(NOT_FOUND, IDEMPOTENCY_PROBLEMS, { 409: ['dataset_not_processable', 'idempotency_key_in_flight'] })
  async process(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) datasetId: string,
    @CurrentExchange() exchange: Exchange,
  ): Promise<DatasetResponse> {
    return this.idempotency.once(exchange, async (unit) => {
      return accepted(DatasetResponse.from(await this.content.processAgain(unit, tenant, datasetId)));
    });
  }

  @Get('profile')
  @RequiresRole('viewer')
  @ApiOperation({
    operationId: 'datasets_profile',
    summary: 'What was measured of a dataset',
    description: 'Rows, columns, values, classes and warnings of an uploaded dataset that is ready.',
  })
  @ApiOkResponse({ description: 'The profile.', type: DatasetProfileResponse })
  @ApiProblems(NO_PROFILE)
  async profile(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) datasetId: string,
  ): Promise<DatasetProfileResponse> {
    return DatasetProfileResponse.from(await this.content.profileOf(tenant, datasetId));
  }

  @Get('preview')
  @RequiresRole('viewer')
  @ApiOperation({ operationId: 'datasets_preview', summary: 'The first rows of a dataset' })
  @ApiOkResponse({ description: 'Rows (images: files).', type: DatasetPreviewResponse })
  @ApiProblems(NO_PROFILE, { 400: ['validation_failed'] })
  async preview(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('id', id) datasetId: string,
    @Query() { limit }: PreviewDatasetQuery,
  ): Promise<DatasetPreviewResponse> {
    return DatasetPreviewResponse.from(await this.content.profileOf(tenant, datasetId), limit);
  }

  @Delete()
  @RequiresRole('admin')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    operationId: 'datasets_delete',
    summary: 'Delete a dataset',
    description: 'With its content, unless jobs refer to it.',
  })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems(NOT_FOUND, { 409: ['dataset_in_use'] })
  remove(@CurrentPrincipal() { tenant }: Principal, @Param('id', id) datasetId: string): Promise<void> {
    return this.content.remove(tenant, datasetId);
  }
}
