import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { IdPipe } from '../../../http/validation/id.pipe.js';
import { ModelNotFoundError } from '../models.errors.js';
import type { VersionNumber } from '../version-number.js';
import { VersionPipe } from '../version.pipe.js';
import { acceptedFormat, CardFormat } from './card-format.js';
import { markdownOf } from './card.markdown.js';
import { CardService } from './card.service.js';
import { CardQuery } from './dto/card.query.js';
import { ModelCardResponse } from './dto/model-card.response.js';

const id = new IdPipe(ModelNotFoundError);

@ApiTags('models')
@ApiBearerAuth('token')
@Controller('models/:modelId/versions/:version/card')
export class CardController {
  constructor(private readonly cards: CardService) {}

  @Get()
  @ApiParam({ name: 'modelId', description: 'Id of the model.', example: 'customer_segmentation_model' })
  @ApiParam({ name: 'version', description: 'Semantic.', schema: { type: 'string' }, example: '1.0.0' })
  @ApiOperation({
    operationId: 'models_card',
    summary: 'Get the card of a version',
    description:
      'What it was trained on and how, what it came to, where it comes from, and when it was deployed. As JSON, or as Markdown with `Accept: text/markdown`.',
  })
  @ApiExtraModels(ModelCardResponse)
  @ApiOkResponse({
    description: 'The card.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ModelCardResponse) } },
      'text/markdown': { schema: { type: 'string' } },
    },
  })
  @ApiProblems({
    400: ['invalid_version', 'validation_failed'],
    404: ['model_not_found', 'version_not_found'],
    406: ['not_acceptable'],
  })
  async card(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', id) modelId: string,
    @Param('version', VersionPipe) version: VersionNumber,
    @Query() { format }: CardQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ModelCardResponse | string> {
    const wanted = format ?? acceptedFormat(accept);
    const card = await this.cards.card(tenant, modelId, version);
    void reply.header('vary', 'Accept');
    if (wanted === CardFormat.Json) return ModelCardResponse.from(card);
    void reply.type('text/markdown; charset=utf-8');
    return markdownOf(card);
  }
}
