import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../http/page/page.response.js';
import { resolveAlertSettings } from '../alerting/alert-settings.js';
import { inCatalogueOrder } from '../hyperparameters/in-catalogue-order.js';
import { JobKind } from '../job-kind.js';
import { JobPhase, JobStatus } from '../job-state.js';
import type { Job } from '../job.entity.js';
import { VersionBump } from '../../models/version-bump.js';
import { ModelType } from '../model-type.js';
import type { QueuePlace } from '../queue/queue-place.service.js';
import { AlertSettingsResponse } from './alert-settings.response.js';
import { AttemptErrorResponse } from './attempt-error.response.js';
import { MetricsResponse } from './metrics.response.js';
import { QueuePlaceResponse } from './queue-place.response.js';
import { SimulationResponse } from './simulation.response.js';
import { TrainingConfigurationResponse } from './training-configuration.response.js';
import { VerdictResponse } from './verdict.response.js';

const TIME = { type: String, format: 'date-time' } as const;
const MILLISECONDS = { type: 'integer', format: 'int64' } as const;

export class JobResponse {
  @ApiProperty({ description: 'Sorts by time of creation.', example: 'job_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  id: string;

  @ApiProperty({
    description: 'training: makes a version. verification: trains one again, to see whether the same comes out.',
    enum: JobKind,
    enumName: 'JobKind',
  })
  kind: JobKind;

  @ApiPropertyOptional({ description: 'Id of the version that a verification trains again.', type: String })
  verifies?: string;

  @ApiPropertyOptional({ description: 'What a completed verification found.', type: () => VerdictResponse })
  verdict?: VerdictResponse;

  @ApiProperty({ description: 'For people.', example: 'Customer Segmentation Model' })
  name: string;

  @ApiProperty({ description: 'For people; may be empty.' })
  description: string;

  @ApiProperty({ description: 'The dataset it learns from.', example: 'dataset_123' })
  datasetId: string;

  @ApiPropertyOptional({
    description: 'sha256 of the uploaded content that it was trained on, hexadecimal; absent until a worker has it.',
    type: String,
  })
  datasetSha256?: string;

  @ApiProperty({ description: 'The model it adds a version to.', example: 'customer_segmentation_model' })
  modelId: string;

  @ApiProperty({ description: 'What learns.', enum: ModelType, enumName: 'ModelType' })
  modelType: ModelType;

  @ApiProperty({
    description: 'The complete set, defaults filled in.',
    type: 'object',
    additionalProperties: true,
    example: { epochs: 100, batchSize: 32, learningRate: 0.001 },
  })
  hyperparameters: Record<string, unknown>;

  @ApiProperty({ description: 'Defaults filled in.', type: () => TrainingConfigurationResponse })
  configuration: TrainingConfigurationResponse;

  @ApiProperty({ description: 'Of jobs that wait for a worker, those with the higher one go first.', type: 'integer' })
  priority: number;

  @ApiProperty({
    description: 'What rises in the number of its version.',
    enum: VersionBump,
    enumName: 'VersionBump',
  })
  versionBump: VersionBump;

  @ApiPropertyOptional({ description: 'The number that was asked for.', type: String, example: '2.0.0' })
  requestedVersion?: string;

  @ApiPropertyOptional({
    description:
      'The number that its version got when the job completed; another than requestedVersion, where that was no longer the highest. Of a verification, that of the version it trains again.',
    type: String,
    example: '2.0.0',
  })
  version?: string;

  @ApiProperty({ description: 'What is watched for; defaults filled in.', type: () => AlertSettingsResponse })
  alerts: AlertSettingsResponse;

  @ApiPropertyOptional({ description: 'What was asked of the simulator.', type: () => SimulationResponse })
  simulation?: SimulationResponse;

  @ApiProperty({
    description: '0 to 2³²−1. Equal runs with equal seeds learn the same.',
    type: 'integer',
    format: 'int64',
  })
  seed: number;

  @ApiProperty({ description: 'Only moves forward.', enum: JobStatus, enumName: 'JobStatus' })
  status: JobStatus;

  @ApiProperty({ description: 'Tells more than the status; an open list.', enum: JobPhase, enumName: 'JobPhase' })
  phase: JobPhase;

  @ApiProperty({ description: 'Percent.', minimum: 0, maximum: 100, example: 45 })
  progress: number;

  @ApiProperty({
    description:
      'Which try of the run this is, those of the job that it retries or verifies included; 0 before the first of all.',
    type: 'integer',
    example: 1,
  })
  attempt: number;

  @ApiPropertyOptional({ description: 'The failed or cancelled job that this one tries again.', example: 'job_122' })
  retryOf?: string;

  @ApiPropertyOptional({ description: 'When the next attempt begins, in phase retry_wait; ISO 8601, UTC.', ...TIME })
  nextAttemptAt?: Date;

  @ApiPropertyOptional({
    description: 'Why the last attempt failed that was tried again.',
    type: () => AttemptErrorResponse,
  })
  lastError?: AttemptErrorResponse;

  @ApiPropertyOptional({
    description: 'Where it stands while it waits for a worker. In GET /jobs/{id} alone.',
    type: () => QueuePlaceResponse,
  })
  queue?: QueuePlaceResponse;

  @ApiPropertyOptional({ description: 'When it was started; ISO 8601, UTC.', ...TIME })
  queuedAt?: Date;

  @ApiPropertyOptional({ description: 'When a worker first took it; ISO 8601, UTC.', ...TIME })
  startedAt?: Date;

  @ApiPropertyOptional({ description: 'When it ended, however it did; ISO 8601, UTC.', ...TIME })
  completedAt?: Date;

  @ApiPropertyOptional({
    description: 'Since when its epochs are kept no more: its history is empty. Absent while they are; ISO 8601, UTC.',
    ...TIME,
  })
  historyRemovedAt?: Date;

  @ApiPropertyOptional({ description: 'When a cancel was first asked for; ISO 8601, UTC.', ...TIME })
  cancelRequestedAt?: Date;

  @ApiPropertyOptional({ description: 'When a pause was asked for that was not ended; ISO 8601, UTC.', ...TIME })
  pauseRequestedAt?: Date;

  @ApiPropertyOptional({ description: 'Expected milliseconds of training.', ...MILLISECONDS, example: 10_400 })
  estimatedDuration?: number;

  @ApiPropertyOptional({ description: 'Milliseconds from startedAt to completedAt.', ...MILLISECONDS })
  actualDuration?: number;

  @ApiPropertyOptional({ description: 'Once completed.', type: () => MetricsResponse })
  metrics?: MetricsResponse;

  @ApiPropertyOptional({ description: 'Why the job failed, for people.', type: String })
  error?: string;

  @ApiPropertyOptional({ description: 'The same for programs.', type: String, example: 'dataset_error' })
  errorCode?: string;

  @ApiProperty({ description: 'ISO 8601, UTC.', ...TIME })
  createdAt: Date;

  @ApiProperty({ description: 'ISO 8601, UTC.', ...TIME })
  updatedAt: Date;

  static from(this: void, job: Job): JobResponse {
    return {
      id: job.id,
      kind: job.kind,
      verifies: job.verifies ?? undefined,
      verdict: job.verdict ? VerdictResponse.from(job.verdict) : undefined,
      name: job.name,
      description: job.description,
      datasetId: job.datasetId,
      datasetSha256: job.datasetSha256 ?? undefined,
      modelId: job.modelId,
      modelType: job.modelType,
      hyperparameters: inCatalogueOrder(job.modelType, job.hyperparameters),
      configuration: {
        ...job.configuration,
        maxAttempts: job.maxAttempts,
        maxDurationMs: job.maxDurationMs ?? undefined,
      },
      priority: job.priority,
      versionBump: job.versionBump,
      requestedVersion: job.wantedVersion?.join('.'),
      version: job.version ?? undefined,
      alerts: resolveAlertSettings(job.alertSettings ?? undefined),
      simulation: job.simulation ?? undefined,
      seed: job.seed,
      status: job.status,
      phase: job.phase,
      progress: job.progress,
      attempt: job.attempt,
      retryOf: job.retryOf ?? undefined,
      nextAttemptAt: job.nextAttemptAt ?? undefined,
      lastError: AttemptErrorResponse.from(job),
      queuedAt: job.queuedAt ?? undefined,
      startedAt: job.startedAt ?? undefined,
      completedAt: job.completedAt ?? undefined,
      historyRemovedAt: job.historyRemovedAt ?? undefined,
      cancelRequestedAt: job.cancelRequestedAt ?? undefined,
      pauseRequestedAt: job.pauseRequestedAt ?? undefined,
      estimatedDuration: job.estimatedDuration ?? undefined,
      actualDuration: job.actualDuration ?? undefined,
      metrics: job.metrics ? MetricsResponse.from(job.metrics) : undefined,
      error: job.error ?? undefined,
      errorCode: job.errorCode ?? undefined,
      createdAt: job.createdAt,
      updatedAt: job.updatedAt,
    };
  }

  static withPlace(this: void, job: Job, place: QueuePlace | null): JobResponse {
    const response = JobResponse.from(job);
    if (place) response.queue = QueuePlaceResponse.from(place);
    return response;
  }
}

export class JobPage extends pageResponse(JobResponse) {}
