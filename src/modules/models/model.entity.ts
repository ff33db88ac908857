import { Column, Entity, PrimaryColumn } from 'typeorm';
import { NOW } from '../../database/columns.js';

/** One row a model: what completing jobs lock while they number their versions. */
@Entity('models')
export class Model {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'models_pkey' })
  tenantId: string;

  /** A slug: the job's `modelId`, or else its name in snake_case. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'models_pkey' })
  id: string;

  @Column({ ...NOW, name: 'created_at' })
  createdAt: Date;

  @Column({ ...NOW, name: 'updated_at' })
  updatedAt: Date;
}
