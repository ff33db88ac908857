import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../http/page/page.response.js';
import { MetricsResponse } from '../../jobs/dto/metrics.response.js';
import { VerdictResponse } from '../../jobs/dto/verdict.response.js';
import { ArtefactState } from '../artefact-state.js';
import type { Labels } from '../labels.js';
import type { ModelVersion } from '../model-version.entity.js';
import { VersionStatus } from '../version-state.js';
import { LABELS } from './labels.schema.js';
import { PerformanceResponse } from './performance.response.js';

export class ModelVersionResponse {
  @ApiProperty({ description: 'Sorts by time of creation.', example: 'version_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  id: string;

  @ApiProperty({ description: 'The model.', example: 'customer_segmentation_model' })
  modelId: string;

  @ApiPropertyOptional({ description: 'Semantic; given when the job completes.', type: String, example: '1.2.0' })
  version?: string;

  @ApiProperty({ description: 'The job that trains or trained it.', example: 'job_456' })
  trainingJobId: string;

  @ApiProperty({
    description: 'training → ready → deployed; archived: withdrawn, or its job did not complete.',
    enum: VersionStatus,
    enumName: 'VersionStatus',
  })
  status: VersionStatus;

  @ApiPropertyOptional({ description: 'Why it is archived.', type: String, example: 'job_cancelled' })
  statusReason?: string;

  @ApiPropertyOptional({ description: 'Final measurements.', type: () => MetricsResponse })
  metrics?: MetricsResponse;

  @ApiPropertyOptional({ description: 'How it performs when it serves.', type: () => PerformanceResponse })
  performance?: PerformanceResponse;

  @ApiPropertyOptional({
    description: 'The model file, relative to ARTIFACTS_DIR, or to S3_PREFIX/artifacts in the bucket.',
    type: String,
  })
  filePath?: string;

  @ApiPropertyOptional({ description: 'Its size in bytes.', type: 'integer', format: 'int64' })
  fileSize?: number;

  @ApiPropertyOptional({ description: 'Its SHA-256, 64 hexadecimal digits.', type: String })
  sha256?: string;

  @ApiPropertyOptional({
    description: 'Whether the stored file is what was stored, as far as was looked: whole, changed, gone, or deleted.',
    enum: ArtefactState,
    enumName: 'ArtifactState',
  })
  artifactState?: ArtefactState;

  @ApiPropertyOptional({
    description: 'When that was last looked at; ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  artifactCheckedAt?: Date;

  @ApiPropertyOptional({ description: 'What its newest verification found.', type: () => VerdictResponse })
  verdict?: VerdictResponse;

  @ApiPropertyOptional({ description: 'When; ISO 8601, UTC.', type: String, format: 'date-time' })
  verifiedAt?: Date;

  @ApiProperty({ description: 'What people say of it.', ...LABELS })
  labels: Labels;
  @ApiPropertyOptional({
    description: 'When its file was deleted; ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  artifactDeletedAt?: Date;

  @ApiPropertyOptional({ description: 'Whose token asked for that.', type: String, example: 'alice' })
  artifactDeletedBy?: string;

  @ApiPropertyOptional({ description: 'And why, if that was said.', type: String, example: 'Superseded long ago.' })
  artifactDeletedReason?: string;

  @ApiProperty({
    description: 'When its job was first taken by a worker; ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  createdAt: Date;

  @ApiPropertyOptional({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  deployedAt?: Date;

  static from(this: void, version: ModelVersion): ModelVersionResponse {
    return {
      id: version.id,
      modelId: version.modelId,
      version: version.version ?? undefined,
      trainingJobId: version.trainingJobId,
      status: version.status,
      statusReason: version.statusReason ?? undefined,
      metrics: version.metrics ? MetricsResponse.from(version.metrics) : undefined,
      performance: version.performance ? PerformanceResponse.from(version.performance) : undefined,
      filePath: version.filePath ?? undefined,
      fileSize: version.fileSize ?? undefined,
      sha256: version.sha256 ?? undefined,
      artifactState: version.artefactState ?? undefined,
      artifactCheckedAt: version.artefactCheckedAt ?? undefined,
      verdict: version.verdict ? VerdictResponse.from(version.verdict) : undefined,
      verifiedAt: version.verifiedAt ?? undefined,
      labels: version.labels,
      artifactDeletedAt: version.artefactDeletedAt ?? undefined,
      artifactDeletedBy: version.artefactDeletedBy ?? undefined,
      artifactDeletedReason: version.artefactDeletedReason ?? undefined,
      createdAt: version.createdAt,
      deployedAt: version.deployedAt ?? undefined,
    };
  }
}

export class ModelVersionPage extends pageResponse(ModelVersionResponse) {}
