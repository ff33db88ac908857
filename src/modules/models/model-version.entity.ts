import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { BIGINT, NOW, TIME } from '../../database/columns.js';
import { Job } from '../jobs/job.entity.js';
import { type Measures, measuresOf, type Metrics, type Performance } from '../jobs/metrics.js';
import type { Verdict } from '../jobs/verdict.js';
import { ArtefactState } from './artefact-state.js';
import type { Labels } from './labels.js';
import { Model } from './model.entity.js';
import { VersionStatus } from './version-state.js';

/** Inserted without a number by a job's first claim; numbered when the job completes, archived when it does not. */
@Entity('model_versions')
@Check('model_versions_status_check', `status IN ('training', 'ready', 'deployed', 'archived')`)
@Check('model_versions_number_check', `(version IS NULL) = (major IS NULL OR minor IS NULL OR patch IS NULL)`)
@Check('model_versions_numbered_check', `status IN ('training', 'archived') OR version IS NOT NULL`)
@Check('model_versions_measures_check', `measures IS NOT DISTINCT FROM ${measuresOf('metrics')}`)
@Check('model_versions_artefact_state_check', `artefact_state IN ('intact', 'damaged', 'missing', 'deleted')`)
@Index('model_versions_page', ['tenantId', 'modelId', 'id'])
@Index('model_versions_models_by_status', ['tenantId', 'status', 'modelId'])
@Index('model_versions_number', ['tenantId', 'modelId', 'major', 'minor', 'patch'], { unique: true })
@Index('model_versions_one_deployed', ['tenantId', 'modelId'], { unique: true, where: `status = 'deployed'` })
@Index('model_versions_one_a_job', ['trainingJobId'], { unique: true })
@Index('model_versions_artefact_check', ['artefactCheckedAt'], {
  where: `artefact_state IN ('intact', 'damaged', 'missing')`,
})
@Index('model_versions_artefact_ailing', ['id'], { where: `artefact_state IN ('damaged', 'missing')` })
@Index('model_versions_by_file', ['filePath'], { where: 'file_path IS NOT NULL' })
export class ModelVersion {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'model_versions_pkey' })
  id: string;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  @Column('text', { name: 'model_id' })
  modelId: string;

  @ManyToOne(() => Model, { onDelete: 'RESTRICT' })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId', foreignKeyConstraintName: 'model_versions_model_fkey' },
    { name: 'model_id', referencedColumnName: 'id', foreignKeyConstraintName: 'model_versions_model_fkey' },
  ])
  model?: Model;

  /** Semantic version; null until the job completes. */
  @Column('text', { nullable: true })
  version: string | null;

  @Column('integer', { nullable: true })
  major: number | null;

  @Column('integer', { nullable: true })
  minor: number | null;

  @Column('integer', { nullable: true })
  patch: number | null;

  @Column('text', { name: 'training_job_id' })
  trainingJobId: string;

  @ManyToOne(() => Job, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'training_job_id', foreignKeyConstraintName: 'model_versions_job_fkey' })
  trainingJob?: Job;

  @Column('text', { default: VersionStatus.Training })
  status: VersionStatus;

  /** Why the version is archived. */
  @Column('text', { name: 'status_reason', nullable: true })
  statusReason: string | null;

  @Column('jsonb', { nullable: true })
  metrics: Metrics | null;

  /** The same without what may be large, for filters, sorts and comparisons; set together with them. */
  @Column('jsonb', { nullable: true })
  measures: Measures | null;

  /** Relative to ARTIFACTS_DIR; with S3_BUCKET, the key behind S3_PREFIX/artifacts/. */
  @Column('text', { name: 'file_path', nullable: true })
  filePath: string | null;

  /** Bytes. */
  @Column({ ...BIGINT, name: 'file_size', nullable: true })
  fileSize: number | null;

  /** Of the file, in hexadecimal. */
  @Column('text', { nullable: true })
  sha256: string | null;

  /** Whether what is stored is what was stored; null until the job completes. */
  @Column('text', { name: 'artefact_state', nullable: true })
  artefactState: ArtefactState | null;

  /** When that was last looked at. */
  @Column({ ...TIME, name: 'artefact_checked_at', nullable: true })
  artefactCheckedAt: Date | null;

  /** When a worker last set out to look; it may not have come back. */
  @Column({ ...TIME, name: 'artefact_claimed_at', nullable: true })
  artefactClaimedAt: Date | null;

  @Column({ ...TIME, name: 'artefact_deleted_at', nullable: true })
  artefactDeletedAt: Date | null;

  @Column('text', { name: 'artefact_deleted_by', nullable: true })
  artefactDeletedBy: string | null;

  @Column('text', { name: 'artefact_deleted_reason', nullable: true })
  artefactDeletedReason: string | null;

  @Column('jsonb', { nullable: true })
  performance: Performance | null;

  @Column('jsonb', { default: {} })
  labels: Labels;

  /** What its newest verification found. */
  @Column('jsonb', { nullable: true })
  verdict: Verdict | null;

  @Column({ ...TIME, name: 'verified_at', nullable: true })
  verifiedAt: Date | null;

  @Column({ ...NOW, name: 'created_at' })
  createdAt: Date;

  @Column({ ...TIME, name: 'deployed_at', nullable: true })
  deployedAt: Date | null;
}
