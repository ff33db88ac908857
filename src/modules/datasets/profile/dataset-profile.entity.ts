import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { NOW } from '../../../database/columns.js';
import { Dataset } from '../dataset.entity.js';
import type { DatasetPreview, DatasetProfile } from './profile-type.js';

/** What was measured of a dataset's content; beside its row, because it can be large and is seldom asked for. */
@Entity('dataset_profiles')
export class DatasetProfileRow {
  @PrimaryColumn('text', { name: 'dataset_id', primaryKeyConstraintName: 'dataset_profiles_pkey' })
  datasetId: string;

  @OneToOne(() => Dataset, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'dataset_id', foreignKeyConstraintName: 'dataset_profiles_dataset_fkey' })
  dataset?: Relation<Dataset>;

  @Column('jsonb')
  profile: DatasetProfile;

  @Column('jsonb')
  preview: DatasetPreview;

  @Column({ ...NOW, name: 'created_at' })
  createdAt: Date;
}
