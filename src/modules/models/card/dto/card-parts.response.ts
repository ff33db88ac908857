import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DatasetType } from '../../../datasets/dataset-type.js';
import { VerdictResponse } from '../../../jobs/dto/verdict.response.js';
import { JobStatus } from '../../../jobs/job-state.js';
import type { ArtefactFormat } from '../../artefacts/artefact-format.js';
import { ArtefactState } from '../../artefact-state.js';
import { DeploymentKind } from '../../deployment/deployment.entity.js';
import type { CurvePoint, DeploymentsSummary, RetriedJob } from '../model-card.js';

const TIME = { type: String, format: 'date-time' } as const;
const INTEGER = { type: 'integer' } as const;
const BIG = { type: 'integer', format: 'int64' } as const;
const SETTINGS = { type: 'object', additionalProperties: true } as const;

export class CardDataResponse {
  @ApiProperty({ description: 'The dataset.', example: 'dataset_123' })
  datasetId: string;

  @ApiProperty({ description: 'Its name.', example: 'Customer Classification Dataset' })
  name: string;

  @ApiProperty({ description: 'What it is for.', enum: DatasetType, enumName: 'DatasetType' })
  type: DatasetType;

  @ApiPropertyOptional({ description: 'Rows (images: files).', ...BIG, example: 10_000 })
  size?: number;

  @ApiPropertyOptional({ description: 'How many features it has.', ...INTEGER, example: 4 })
  featureCount?: number;

  @ApiPropertyOptional({ description: 'Their names, the first 50.', type: [String], example: ['age', 'income'] })
  features?: string[];

  @ApiPropertyOptional({ description: 'What is predicted.', type: String, example: 'customer_segment' })
  targetColumn?: string;

  @ApiPropertyOptional({
    description: 'SHA-256 of the uploaded content that was trained on, 64 hexadecimal digits.',
    type: String,
  })
  sha256?: string;

  @ApiProperty({ description: 'Where the data are from; `upload`: they were sent here.', example: 'upload' })
  source: string;

  @ApiProperty({ description: 'How they are written down.', example: 'csv' })
  format: string;
}

export class CardTrainingResponse {
  @ApiProperty({ description: 'The complete set, as the job has it.', ...SETTINGS, example: { epochs: 100 } })
  hyperparameters: Record<string, unknown>;

  @ApiProperty({
    description: 'Split, preprocessing and early stopping, as the job has them.',
    ...SETTINGS,
    example: { validationSplit: 0.2, testSplit: 0.1 },
  })
  configuration: object;

  @ApiProperty({ description: '0 to 2³²−1. Equal runs with equal seeds learn the same.', ...BIG })
  seed: number;

  @ApiPropertyOptional({ description: 'What was asked of the simulator.', ...SETTINGS, example: { seed: 7 } })
  simulation?: object;

  @ApiPropertyOptional({ description: 'When a worker first took the job; ISO 8601, UTC.', ...TIME })
  startedAt?: Date;

  @ApiPropertyOptional({ description: 'When the job completed; ISO 8601, UTC.', ...TIME })
  completedAt?: Date;

  @ApiPropertyOptional({ description: 'Milliseconds in between.', ...BIG })
  duration?: number;
}

export class CurvePointResponse implements CurvePoint {
  @ApiProperty({ description: 'From 1.', ...INTEGER, example: 12 })
  epoch: number;

  @ApiProperty({ description: 'Training loss.', example: 0.31 })
  loss: number;

  @ApiProperty({ description: 'Validation loss.', example: 0.35 })
  validationLoss: number;

  @ApiPropertyOptional({ description: 'Fraction, where the type of the dataset has one.', minimum: 0, maximum: 1 })
  accuracy?: number;
}

const POINT = { type: () => CurvePointResponse };

export class CardCurveResponse {
  @ApiProperty({ description: 'Epochs that were planned.', ...INTEGER, example: 100 })
  plannedEpochs: number;

  @ApiProperty({ description: 'Epochs that were run; fewer after early stopping.', ...INTEGER, example: 80 })
  epochs: number;

  @ApiPropertyOptional({
    description: 'Since when what the epochs came to is kept no more: there are no points. ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  historyRemovedAt?: Date;

  @ApiPropertyOptional({ description: 'The first epoch.', ...POINT })
  first?: CurvePointResponse;

  @ApiPropertyOptional({ description: 'The last epoch.', ...POINT })
  last?: CurvePointResponse;

  @ApiPropertyOptional({ description: 'The epoch with the lowest training loss.', ...POINT })
  lowestLoss?: CurvePointResponse;

  @ApiPropertyOptional({ description: 'The epoch with the lowest validation loss.', ...POINT })
  lowestValidationLoss?: CurvePointResponse;

  @ApiPropertyOptional({ description: 'The epoch with the highest accuracy.', ...POINT })
  highestAccuracy?: CurvePointResponse;
}

export class RetriedJobResponse implements RetriedJob {
  @ApiProperty({ description: 'The job.', example: 'job_122' })
  id: string;

  @ApiProperty({ description: 'How it ended.', enum: JobStatus, enumName: 'JobStatus' })
  status: JobStatus;

  @ApiPropertyOptional({ description: 'Why it failed.', type: String, example: 'worker_lost' })
  errorCode?: string;
}

export class CardLineageResponse {
  @ApiProperty({ description: 'The job that trained it.', example: 'job_123' })
  jobId: string;

  @ApiProperty({
    description: 'The jobs that this one tried again, the latest first; at most 100.',
    type: () => [RetriedJobResponse],
  })
  retried: RetriedJobResponse[];

  @ApiProperty({ description: 'The dataset.', example: 'dataset_123' })
  datasetId: string;
}

export class ArtefactFormatResponse implements ArtefactFormat {
  @ApiProperty({ description: 'Names the format.', example: 'ai-training-platform/simulated-model' })
  name: string;

  @ApiProperty({ description: 'Of the format.', ...INTEGER, example: 1 })
  version: number;
}

export class CardArtefactResponse {
  @ApiProperty({ description: 'The name that it is downloaded under.', example: 'customer_segmentation-1.2.0.json' })
  fileName: string;

  @ApiProperty({ description: 'Bytes, as it was stored.', ...BIG })
  size: number;

  @ApiProperty({ description: '64 hexadecimal digits, as it was stored.' })
  sha256: string;

  @ApiProperty({ description: 'What is known of it.', enum: ArtefactState, enumName: 'ArtifactState' })
  state: ArtefactState;

  @ApiPropertyOptional({ description: 'When that was last looked at; ISO 8601, UTC.', ...TIME })
  checkedAt?: Date;

  @ApiPropertyOptional({ description: 'When it was deleted; ISO 8601, UTC.', ...TIME })
  deletedAt?: Date;

  @ApiPropertyOptional({
    description: 'What the file says that it is; absent where it cannot be read just now.',
    type: () => ArtefactFormatResponse,
  })
  format?: ArtefactFormatResponse;
}

export class CardVerificationResponse extends VerdictResponse {
  @ApiPropertyOptional({ description: 'When that was found; ISO 8601, UTC.', ...TIME })
  verifiedAt?: Date;
}

export class LastDeploymentResponse {
  @ApiProperty({ description: 'Number among the deployments of the model.', ...INTEGER, example: 3 })
  number: number;

  @ApiProperty({ description: 'How it came there.', enum: DeploymentKind, enumName: 'DeploymentKind' })
  kind: DeploymentKind;

  @ApiProperty({ description: 'ISO 8601, UTC.', ...TIME })
  at: Date;

  @ApiProperty({ description: 'Whose token asked for it.', example: 'alice' })
  actor: string;

  @ApiPropertyOptional({ description: 'And why, if that was said.', type: String })
  reason?: string;
}

export class CardDeploymentsResponse implements DeploymentsSummary {
  @ApiProperty({ description: 'How often the version was deployed, rollbacks to it included.', ...INTEGER })
  count: number;

  @ApiPropertyOptional({ description: 'The last time.', type: () => LastDeploymentResponse })
  last?: LastDeploymentResponse;
}
