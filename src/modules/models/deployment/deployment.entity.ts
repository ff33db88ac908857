import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { NOW } from '../../../database/columns.js';
import { Model } from '../model.entity.js';
import { ModelVersion } from '../model-version.entity.js';
import type { AssessedCondition } from './policy.js';

export enum DeploymentKind {
  Deploy = 'deploy',
  Rollback = 'rollback',
}

/**
 * A change of what a model has in production. Rows are added and never changed. They form a stack: `below` is what was
 * deployed beneath; a deployment lies on the one before it, and a rollback takes the place of the one that it goes
 * back to.
 */
@Entity('deployments')
@Check('deployments_kind_check', `kind IN ('deploy', 'rollback')`)
@Check('deployments_below_check', 'below < number')
@Index('deployments_as_of', ['tenantId', 'modelId', 'at'], { unique: true })
@Index('deployments_of_version', ['tenantId', 'modelId', 'version'])
export class Deployment {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'deployments_pkey' })
  tenantId: string;

  @PrimaryColumn('text', { name: 'model_id', primaryKeyConstraintName: 'deployments_pkey' })
  modelId: string;

  /** From 1, without a gap. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'deployments_pkey' })
  number: number;

  @ManyToOne(() => Model, { onDelete: 'RESTRICT' })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId', foreignKeyConstraintName: 'deployments_model_fkey' },
    { name: 'model_id', referencedColumnName: 'id', foreignKeyConstraintName: 'deployments_model_fkey' },
  ])
  model?: Model;

  @Column('text')
  kind: DeploymentKind;

  @Column('text', { name: 'version_id' })
  versionId: string;

  @ManyToOne(() => ModelVersion, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'version_id', foreignKeyConstraintName: 'deployments_version_fkey' })
  deployed?: ModelVersion;

  /** Its number; versions never change theirs. */
  @Column('text')
  version: string;

  /** What was deployed until then. */
  @Column('text', { name: 'from_version', nullable: true })
  fromVersion: string | null;

  /** Number of the deployment beneath. */
  @Column('integer', { nullable: true })
  below: number | null;

  /** Whose token asked for it. */
  @Column('text')
  actor: string;

  @Column('text', { nullable: true })
  reason: string | null;

  /** Conditions of the policy that it did not meet, where an admin went past them. */
  @Column('jsonb', { nullable: true })
  overridden: AssessedCondition[] | null;

  /** Whole milliseconds, as answers show them; later than that of the deployment before. */
  @Column(NOW)
  at: Date;

  /** What pages go by. */
  get id(): string {
    return String(this.number);
  }
}
