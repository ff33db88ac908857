import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MetricsResponse } from '../../../jobs/dto/metrics.response.js';
import { ModelType } from '../../../jobs/model-type.js';
import { LABELS } from '../../dto/labels.schema.js';
import { PerformanceResponse } from '../../dto/performance.response.js';
import type { Labels } from '../../labels.js';
import { VersionStatus } from '../../version-state.js';
import type { ModelCard } from '../model-card.js';
import {
  CardArtefactResponse,
  CardCurveResponse,
  CardDataResponse,
  CardDeploymentsResponse,
  CardLineageResponse,
  CardTrainingResponse,
  CardVerificationResponse,
} from './card-parts.response.js';

const TIME = { type: String, format: 'date-time' } as const;

export class ModelCardResponse {
  @ApiProperty({ description: 'The model.', example: 'customer_segmentation_model' })
  modelId: string;

  @ApiProperty({ description: 'Semantic.', example: '1.2.0' })
  version: string;

  @ApiProperty({ description: 'Id of the version.', example: 'version_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  versionId: string;

  @ApiProperty({ description: 'What learnt.', enum: ModelType, enumName: 'ModelType' })
  modelType: ModelType;

  @ApiProperty({ description: 'Where the version stands.', enum: VersionStatus, enumName: 'VersionStatus' })
  status: VersionStatus;

  @ApiPropertyOptional({ description: 'Why it is archived.', type: String })
  statusReason?: string;

  @ApiProperty({ description: 'What people say of it.', ...LABELS })
  labels: Labels;

  @ApiProperty({ description: 'When its job was first taken by a worker; ISO 8601, UTC.', ...TIME })
  createdAt: Date;

  @ApiPropertyOptional({ description: 'When it was last deployed; ISO 8601, UTC.', ...TIME })
  deployedAt?: Date;

  @ApiProperty({
    description: 'Nothing was trained: curve, metrics and performance are computed, and say nothing about real data.',
  })
  simulated: boolean;

  @ApiProperty({ description: 'What it was trained on.', type: () => CardDataResponse })
  data: CardDataResponse;

  @ApiProperty({ description: 'How it was trained.', type: () => CardTrainingResponse })
  training: CardTrainingResponse;

  @ApiProperty({ description: 'How it learnt.', type: () => CardCurveResponse })
  curve: CardCurveResponse;

  @ApiPropertyOptional({ description: 'Final measurements.', type: () => MetricsResponse })
  metrics?: MetricsResponse;

  @ApiPropertyOptional({ description: 'How it performs when it serves.', type: () => PerformanceResponse })
  performance?: PerformanceResponse;

  @ApiProperty({ description: 'What it comes from.', type: () => CardLineageResponse })
  lineage: CardLineageResponse;

  @ApiPropertyOptional({ description: 'Its model file.', type: () => CardArtefactResponse })
  artifact?: CardArtefactResponse;

  @ApiPropertyOptional({
    description: 'What training it again came to; absent: nobody has.',
    type: () => CardVerificationResponse,
  })
  verification?: CardVerificationResponse;

  @ApiProperty({ description: 'Its time in production.', type: () => CardDeploymentsResponse })
  deployments: CardDeploymentsResponse;

  static from(this: void, card: ModelCard): ModelCardResponse {
    const { metrics, performance, training } = card;
    return {
      ...card,
      training,
      metrics: metrics && MetricsResponse.from(metrics),
      performance: performance && PerformanceResponse.from(performance),
    };
  }
}
