import { Entity, Index, PrimaryColumn } from 'typeorm';

/** A label that a model, or one of its versions, has; kept by triggers, to find models by. */
@Entity('model_labels')
@Index('model_labels_by_label', ['tenantId', 'key', 'value', 'modelId'])
export class ModelLabel {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'model_labels_pkey' })
  tenantId: string;

  @PrimaryColumn('text', { name: 'model_id', primaryKeyConstraintName: 'model_labels_pkey' })
  modelId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'model_labels_pkey' })
  key: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'model_labels_pkey' })
  value: string;
}
