import { Column, Entity, PrimaryColumn } from 'typeorm';
import { NOW, TIME } from '../../database/columns.js';
import type { DeploymentPolicy } from './deployment/policy.js';
import type { Labels } from './labels.js';

/** One row a model: what completing jobs lock while they number their versions. */
@Entity('models')
export class Model {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'models_pkey' })
  tenantId: string;

  /** A slug: the job's `modelId`, or else its name in snake_case. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'models_pkey' })
  id: string;

  @Column('jsonb', { default: {} })
  labels: Labels;

  /** What a version must meet to be deployed; null: nothing. */
  @Column('jsonb', { nullable: true })
  policy: DeploymentPolicy | null;

  @Column({ ...TIME, name: 'policy_changed_at', nullable: true })
  policyChangedAt: Date | null;

  @Column('text', { name: 'policy_changed_by', nullable: true })
  policyChangedBy: string | null;

  @Column({ ...NOW, name: 'created_at' })
  createdAt: Date;

  @Column({ ...NOW, name: 'updated_at' })
  updatedAt: Date;
}
