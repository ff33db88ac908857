import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Job } from './job.entity.js';

/** Epochs of a block: block 0 has those from 1 on. */
export const BLOCK_EPOCHS = 256;

/**
 * What the epochs of a whole block have as their least and greatest values, and the first epoch that has each. Adds
 * nothing to the truth: where there is no block, the epochs themselves tell the same.
 */
@Entity('training_progress_blocks')
export class ProgressBlock {
  @PrimaryColumn('text', { name: 'job_id', primaryKeyConstraintName: 'training_progress_blocks_pkey' })
  jobId: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'training_progress_blocks_pkey' })
  block: number;

  @ManyToOne(() => Job, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'training_progress_blocks_job_fkey' })
  job?: Job;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  @Column('double precision', { name: 'min_loss' })
  minLoss: number;

  @Column('integer', { name: 'min_loss_epoch' })
  minLossEpoch: number;

  @Column('double precision', { name: 'max_loss' })
  maxLoss: number;

  @Column('integer', { name: 'max_loss_epoch' })
  maxLossEpoch: number;

  @Column('double precision', { name: 'min_validation_loss' })
  minValidationLoss: number;

  @Column('integer', { name: 'min_validation_loss_epoch' })
  minValidationLossEpoch: number;

  @Column('double precision', { name: 'max_validation_loss' })
  maxValidationLoss: number;

  @Column('integer', { name: 'max_validation_loss_epoch' })
  maxValidationLossEpoch: number;

  /** Null where none of the epochs has an accuracy. */
  @Column('double precision', { name: 'min_accuracy', nullable: true })
  minAccuracy: number | null;

  @Column('integer', { name: 'min_accuracy_epoch', nullable: true })
  minAccuracyEpoch: number | null;

  @Column('double precision', { name: 'max_accuracy', nullable: true })
  maxAccuracy: number | null;

  @Column('integer', { name: 'max_accuracy_epoch', nullable: true })
  maxAccuracyEpoch: number | null;

  @Column('double precision', { name: 'min_learning_rate' })
  minLearningRate: number;

  @Column('integer', { name: 'min_learning_rate_epoch' })
  minLearningRateEpoch: number;

  @Column('double precision', { name: 'max_learning_rate' })
  maxLearningRate: number;

  @Column('integer', { name: 'max_learning_rate_epoch' })
  maxLearningRateEpoch: number;
}
