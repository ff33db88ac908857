import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Between which values a measure of a model's versions lies; kept by triggers, to find and rank models by. */
@Entity('model_measures')
@Index('model_measures_by_lowest', ['tenantId', 'metric', 'lowest', 'modelId'])
@Index('model_measures_by_highest', ['tenantId', 'metric', 'highest', 'modelId'])
export class ModelMeasure {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'model_measures_pkey' })
  tenantId: string;

  @PrimaryColumn('text', { name: 'model_id', primaryKeyConstraintName: 'model_measures_pkey' })
  modelId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'model_measures_pkey' })
  metric: string;

  @Column('double precision')
  lowest: number;

  @Column('double precision')
  highest: number;
}
