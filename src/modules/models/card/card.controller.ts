import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems } from '../../../http/openapi/api-problems.js';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { ApiModelId, ApiVersion, MODEL_ID, VERSION_PROBLEMS } from '../model-route.js';
import type { VersionNumber } from '../version-number.js';
import { VersionPipe } from '../version.pipe.js';
import { acceptedFormat, CardFormat } from './card-format.js';
import { markdownOf } from './card.markdown.js';
import { CardService } from './card.service.js';
import { CardQuery } from './dto/card.query.js';
import { ModelCardResponse } from './dto/model-card.response.js';

@ApiTags('models')
@Controller('models/:modelId/versions/:version/card')
export class CardController {
  constructor(private readonly cards: CardService) {}

  @Get()
  @RequiresRole('viewer')
  @ApiModelId()
  @ApiVersion()
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
  @ApiProblems(VERSION_PROBLEMS, { 400: ['validation_failed'], 406: ['not_acceptable'] })
  async card(
    @CurrentPrincipal() { tenant }: Principal,
    @Param('modelId', MODEL_ID) modelId: string,
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
