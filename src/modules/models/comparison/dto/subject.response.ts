import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { JobKind } from '../../../jobs/job-kind.js';
import { JobStatus } from '../../../jobs/job-state.js';
import { ModelType } from '../../../jobs/model-type.js';
import type { Subject } from '../subject.js';

export class SubjectResponse {
  @ApiProperty({ description: 'The job.', example: 'job_123' })
  jobId: string;

  @ApiProperty({ description: 'Of the job.', enum: JobKind, enumName: 'JobKind' })
  kind: JobKind;

  @ApiProperty({ description: 'Its model.', example: 'customer_segmentation_model' })
  modelId: string;

  @ApiPropertyOptional({
    description: 'The version it trained, or, of a verification, trained again.',
    type: String,
    example: '1.0.0',
  })
  version?: string;

  @ApiProperty({ description: 'What learned.', enum: ModelType, enumName: 'ModelType' })
  modelType: ModelType;

  @ApiProperty({ description: 'The dataset it learned from.', example: 'dataset_123' })
  datasetId: string;

  @ApiPropertyOptional({
    description: 'SHA-256 of the content it learned from; absent for data held elsewhere.',
    type: String,
  })
  datasetSha256?: string;

  @ApiProperty({ description: 'What its chances come from.', type: 'integer', format: 'int64' })
  seed: number;

  @ApiProperty({ description: 'Of the job.', enum: JobStatus, enumName: 'JobStatus' })
  status: JobStatus;

  static from(
    this: void,
    { jobId, kind, modelId, version, modelType, dataset, seed, status }: Subject,
  ): SubjectResponse {
    return {
      ...{ jobId, kind, modelId, version: version ?? undefined, modelType, datasetId: dataset.id },
      ...{ datasetSha256: dataset.sha256 ?? undefined, seed, status },
    };
  }
}
