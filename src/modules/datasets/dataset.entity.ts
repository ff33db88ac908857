import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BIGINT, NOW, TIME } from '../../database/columns.js';
import type { ContentProblem } from './content/content-problem-type.js';
import type { DatasetMetadata, DatasetType } from './dataset-type.js';
import { DatasetStatus } from './dataset-state.js';

@Entity('training_datasets')
@Check(
  'training_datasets_type_check',
  `type IN ('classification', 'regression', 'clustering', 'nlp', 'computer_vision')`,
)
@Check('training_datasets_status_check', `status IN ('uploading', 'processing', 'ready', 'error')`)
@Check('training_datasets_size_check', `size > 0`)
@Check(
  'training_datasets_content_check',
  `(content_key IS NULL) = (content_bytes IS NULL) AND (content_key IS NULL) = (content_sha256 IS NULL)`,
)
@Index('training_datasets_content', ['contentKey'], { unique: true, where: 'content_key IS NOT NULL' })
@Index('training_datasets_page', ['tenantId', 'id'], { unique: true })
@Index('training_datasets_by_type', ['tenantId', 'type', 'id'])
@Index('training_datasets_by_status', ['tenantId', 'status', 'id'])
@Index('training_datasets_due', ['dispatchAt'], { where: 'dispatch_at IS NOT NULL' })
@Index('training_datasets_active', ['id'], { where: `status IN ('uploading', 'processing')` })
export class Dataset {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'training_datasets_pkey' })
  id: string;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  @Column('text')
  name: string;

  @Column('text', { default: '' })
  description: string;

  @Column('text')
  type: DatasetType;

  /** Rows (images: files); declared, or measured of an upload. */
  @Column({ ...BIGINT, nullable: true })
  size: number | null;

  @Column('text', { array: true, nullable: true })
  features: string[] | null;

  @Column('text', { name: 'target_column', nullable: true })
  targetColumn: string | null;

  @Column('text', { default: DatasetStatus.Uploading })
  status: DatasetStatus;

  /** Why the status is `error`, for people; the code beside it is for programs. */
  @Column('text', { nullable: true })
  error: string | null;

  /** Workers lost over it in a row, since it was uploaded or mended. */
  @Column('integer', { default: 0 })
  losses: number;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode: string | null;

  /** What is wrong with the content, the first twenty; null unless the status is `error`. */
  @Column('jsonb', { nullable: true })
  problems: ContentProblem[] | null;

  @Column('jsonb')
  metadata: DatasetMetadata;

  /** Where the bytes lie in the store; null until they were uploaded. Never the same for other bytes. */
  @Column('text', { name: 'content_key', nullable: true })
  contentKey: string | null;

  @Column({ ...BIGINT, name: 'content_bytes', nullable: true })
  contentBytes: number | null;

  @Column('text', { name: 'content_sha256', nullable: true })
  contentSha256: string | null;

  /** As the sender called the file. */
  @Column('text', { name: 'content_name', nullable: true })
  contentName: string | null;

  @Column({ ...TIME, name: 'uploaded_at', nullable: true })
  uploadedAt: Date | null;

  /** The dataset that this one is a later version of; kept when that one is deleted. */
  @Column('text', { name: 'derived_from', nullable: true })
  derivedFrom: string | null;

  @Column({ ...NOW, name: 'created_at' })
  createdAt: Date;

  @Column({ ...NOW, name: 'updated_at' })
  updatedAt: Date;

  // What the processing protocol needs (docs/architecture.md).
  @Column('integer', { default: 0 })
  generation: number;

  @Column({ ...TIME, name: 'dispatch_at', nullable: true })
  dispatchAt: Date | null;

  /** Fencing token: rises with each claim. */
  @Column('integer', { default: 0 })
  attempt: number;

  @Column('text', { name: 'worker_id', nullable: true })
  workerId: string | null;

  @Column({ ...TIME, name: 'lease_expires_at', nullable: true })
  leaseExpiresAt: Date | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;
}
