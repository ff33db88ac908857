import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { BIGINT, NOW, TIME } from '../../database/columns.js';
import { Dataset } from '../datasets/dataset.entity.js';
import { Model } from '../models/model.entity.js';
import { VersionBump } from '../models/version-bump.js';
import type { AlertSettings } from './alerting/alert-settings.js';
import type { TrainingConfiguration } from './configuration/training-configuration.js';
import { JobKind } from './job-kind.js';
import { JobPhase, JobStatus } from './job-state.js';
import type { Metrics } from './metrics.js';
import type { ModelType } from './model-type.js';
import type { Simulation } from './simulation/simulation.js';
import type { Verdict } from './verdict.js';

@Entity('training_jobs')
@Check(
  'training_jobs_model_type_check',
  `model_type IN ('linear_regression', 'random_forest', 'neural_network', 'xgboost', 'transformer', 'cnn', 'lstm')`,
)
@Check('training_jobs_status_check', `status IN ('pending', 'running', 'completed', 'failed', 'cancelled')`)
@Check('training_jobs_progress_check', `progress >= 0 AND progress <= 100`)
@Check('training_jobs_max_attempts_check', `max_attempts >= 1`)
@Check('training_jobs_version_bump_check', `version_bump IN ('major', 'minor', 'patch')`)
@Check('training_jobs_wanted_version_check', `cardinality(wanted_version) = 3`)
@Check('training_jobs_kind_check', `kind IN ('training', 'verification')`)
@Check('training_jobs_verifies_check', `(kind = 'verification') = (verifies IS NOT NULL)`)
@Check('training_jobs_epoch_check', `current_epoch >= 0 AND current_epoch <= total_epochs`)
@Index('training_jobs_page', ['tenantId', 'id'], { unique: true })
@Index('training_jobs_by_status', ['tenantId', 'status', 'id'])
@Index('training_jobs_by_model_type', ['tenantId', 'modelType', 'id'])
@Index('training_jobs_models_by_type', ['tenantId', 'modelType', 'modelId'])
@Index('training_jobs_by_dataset', ['tenantId', 'datasetId', 'id'])
@Index('training_jobs_by_model', ['tenantId', 'modelId', 'id'])
@Index('training_jobs_verifications', ['tenantId', 'id'], { where: `kind = 'verification'` })
@Index('training_jobs_due', ['dispatchAt'], { where: 'dispatch_at IS NOT NULL' })
@Index('training_jobs_active', ['id'], { where: `status = 'running'` })
@Index('training_jobs_queued', ['id'], { where: `status = 'pending' AND phase = 'queued'` })
@Index('training_jobs_in_queue', ['priority', 'enqueuedAt'], {
  where: `phase IN ('queued', 'recovering', 'retry_wait')`,
})
@Index('training_jobs_interrupted', ['priority', 'enqueuedAt'], { where: `phase IN ('recovering', 'retry_wait')` })
@Index('training_jobs_held', ['workerId'], { where: `status = 'running' AND worker_id IS NOT NULL` })
@Index('training_jobs_retries', ['retryOf'], { where: 'retry_of IS NOT NULL' })
@Index('training_jobs_verifying', ['verifies'], { where: 'verifies IS NOT NULL' })
@Index('training_jobs_history_kept', ['completedAt'], {
  where: 'completed_at IS NOT NULL AND history_removed_at IS NULL',
})
@Index('training_jobs_waiting', ['datasetId'], { where: `status = 'pending' AND phase = 'waiting_for_dataset'` })
export class Job {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'training_jobs_pkey' })
  id: string;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  @Column('text')
  name: string;

  @Column('text', { default: '' })
  description: string;

  @Column('text', { name: 'dataset_id' })
  datasetId: string;

  @ManyToOne(() => Dataset, { onDelete: 'RESTRICT' })
  @JoinColumn([
    { name: 'dataset_id', referencedColumnName: 'id', foreignKeyConstraintName: 'training_jobs_dataset_fkey' },
  ])
  dataset?: Dataset;

  /** Of the content that it was trained on, once it was claimed; null for data held elsewhere. */
  @Column('text', { name: 'dataset_sha256', nullable: true })
  datasetSha256: string | null;

  @Column('text', { name: 'model_id' })
  modelId: string;

  @ManyToOne(() => Model, { onDelete: 'RESTRICT' })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId', foreignKeyConstraintName: 'training_jobs_model_fkey' },
    { name: 'model_id', referencedColumnName: 'id', foreignKeyConstraintName: 'training_jobs_model_fkey' },
  ])
  model?: Model;

  @Column('text', { name: 'model_type' })
  modelType: ModelType;

  @Column('jsonb')
  hyperparameters: Record<string, unknown>;

  @Column('jsonb')
  configuration: TrainingConfiguration;

  @Column('jsonb', { nullable: true })
  simulation: Simulation | null;

  /** 0 to 2³²−1: the simulation's seed, or else one derived from the id. */
  @Column(BIGINT)
  seed: number;

  @Column('text', { default: JobStatus.Pending })
  status: JobStatus;

  @Column('text', { default: JobPhase.Created })
  phase: JobPhase;

  /** Percent, 0–100. */
  @Column('double precision', { default: 0 })
  progress: number;

  @Column({ ...TIME, name: 'queued_at', nullable: true })
  queuedAt: Date | null;

  @Column({ ...TIME, name: 'started_at', nullable: true })
  startedAt: Date | null;

  @Column({ ...TIME, name: 'completed_at', nullable: true })
  completedAt: Date | null;

  /** When its rows of training_progress were removed, see docs/operations.md. */
  @Column({ ...TIME, name: 'history_removed_at', nullable: true })
  historyRemovedAt: Date | null;

  /** Milliseconds. */
  @Column({ ...BIGINT, name: 'estimated_duration', nullable: true })
  estimatedDuration: number | null;

  /** Milliseconds from the first claim to the end. */
  @Column({ ...BIGINT, name: 'actual_duration', nullable: true })
  actualDuration: number | null;

  @Column('jsonb', { nullable: true })
  metrics: Metrics | null;

  /** Why the job failed, for people; the code beside it is for programs. */
  @Column('text', { nullable: true })
  error: string | null;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode: string | null;

  /** Why the last attempt of a job that is tried again failed. */
  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  @Column('text', { name: 'last_error_code', nullable: true })
  lastErrorCode: string | null;

  /** Of two jobs that wait for a worker the one with the higher priority goes first; −100 to 100. */
  @Column('integer', { default: 0 })
  priority: number;

  /** Attempts that may fail in a row, without a new epoch, before the job does. */
  @Column('integer', { name: 'max_attempts', default: 3 })
  maxAttempts: number;

  /** Milliseconds from the first claim, pauses not counted, after which the job fails. */
  @Column({ ...BIGINT, name: 'max_duration_ms', nullable: true })
  maxDurationMs: number | null;

  @Column('text', { default: JobKind.Training })
  kind: JobKind;

  /** The version that a verification trains again. By its table's name: versions refer to jobs. */
  @Column('text', { nullable: true })
  verifies: string | null;

  @ManyToOne('ModelVersion', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'verifies', foreignKeyConstraintName: 'training_jobs_verifies_fkey' })
  verified?: unknown;

  /** What a completed verification found. */
  @Column('jsonb', { nullable: true })
  verdict: Verdict | null;

  /** What rises in the number of its version, where that is free. */
  @Column('text', { name: 'version_bump', default: VersionBump.Minor })
  versionBump: VersionBump;

  /** Major, minor and patch that were asked for; null: the next by `versionBump`. */
  @Column('integer', { name: 'wanted_version', array: true, nullable: true })
  wantedVersion: number[] | null;

  /** The number that its version got. */
  @Column('text', { nullable: true })
  version: string | null;

  /** The failed or cancelled job that this one tries again. */
  @Column('text', { name: 'retry_of', nullable: true })
  retryOf: string | null;

  @ManyToOne(() => Job, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'retry_of', foreignKeyConstraintName: 'training_jobs_retry_fkey' })
  retried?: Job;

  @Column({ ...NOW, name: 'created_at' })
  createdAt: Date;

  @Column({ ...NOW, name: 'updated_at' })
  updatedAt: Date;

  // What the training protocol needs (docs/architecture.md).
  @Column('integer', { default: 0 })
  generation: number;

  /** Since when it waits for a worker, this time. */
  @Column({ ...TIME, name: 'enqueued_at', nullable: true })
  enqueuedAt: Date | null;

  /** Set by the first claim of a job with a `maxDurationMs`; moved on by each pause. */
  @Column({ ...TIME, name: 'deadline_at', nullable: true })
  deadlineAt: Date | null;

  @Column({ ...TIME, name: 'dispatch_at', nullable: true })
  dispatchAt: Date | null;

  /** Fencing token: rises with each claim. */
  @Column('integer', { default: 0 })
  attempt: number;

  @Column('uuid', { name: 'claim_id', nullable: true })
  claimId: string | null;

  @Column('text', { name: 'worker_id', nullable: true })
  workerId: string | null;

  @Column({ ...TIME, name: 'lease_expires_at', nullable: true })
  leaseExpiresAt: Date | null;

  @Column({ ...TIME, name: 'cancel_requested_at', nullable: true })
  cancelRequestedAt: Date | null;

  @Column({ ...TIME, name: 'pause_requested_at', nullable: true })
  pauseRequestedAt: Date | null;

  @Column({ ...TIME, name: 'next_attempt_at', nullable: true })
  nextAttemptAt: Date | null;

  /** Attempts in a row that failed or lost their worker without a new epoch. */
  @Column('integer', { default: 0 })
  failures: number;

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  /** W3C `traceparent` of the request that started it, where that was traced: the beginning of the job's trace. */
  @Column('text', { name: 'trace_parent', nullable: true })
  traceParent: string | null;

  /** How many events it has had; the newest one's number. Kept by a trigger. */
  @Column('integer', { default: 1 })
  events: number;

  /** What is watched for while it trains; null: the defaults. */
  @Column('jsonb', { name: 'alert_settings', nullable: true })
  alertSettings: AlertSettings | null;

  /** How many changes its alerts have had; the newest one's number. */
  @Column('integer', { name: 'alert_changes', default: 0 })
  alertChanges: number;

  // The latest report: reading it never touches the history.
  @Column('integer', { name: 'current_epoch', default: 0 })
  currentEpoch: number;

  @Column('integer', { name: 'total_epochs' })
  totalEpochs: number;

  @Column('integer', { name: 'current_batch', default: 0 })
  currentBatch: number;

  @Column('integer', { name: 'total_batches' })
  totalBatches: number;

  @Column('double precision', { nullable: true })
  loss: number | null;

  @Column('double precision', { name: 'validation_loss', nullable: true })
  validationLoss: number | null;

  @Column('double precision', { nullable: true })
  accuracy: number | null;

  @Column('double precision', { name: 'learning_rate', nullable: true })
  learningRate: number | null;

  /** Milliseconds. */
  @Column({ ...BIGINT, name: 'estimated_time_remaining', nullable: true })
  estimatedTimeRemaining: number | null;

  /** Between these two, milliseconds, the time left lies nine times in ten. */
  @Column({ ...BIGINT, name: 'estimated_low', nullable: true })
  estimatedLow: number | null;

  @Column({ ...BIGINT, name: 'estimated_high', nullable: true })
  estimatedHigh: number | null;

  @Column({ ...TIME, name: 'reported_at', nullable: true })
  reportedAt: Date | null;

  @Column('jsonb', { nullable: true, select: false })
  checkpoint: Record<string, unknown> | null;
}
