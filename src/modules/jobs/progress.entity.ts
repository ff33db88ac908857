import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { BIGINT, NOW } from '../../database/columns.js';
import { Job } from './job.entity.js';

/** One row an epoch, never changed; what is constant for a run lives on its job row. */
@Entity('training_progress')
export class Progress {
  @PrimaryColumn('text', { name: 'job_id', primaryKeyConstraintName: 'training_progress_pkey' })
  jobId: string;

  @PrimaryColumn('integer', { name: 'current_epoch', primaryKeyConstraintName: 'training_progress_pkey' })
  currentEpoch: number;

  @ManyToOne(() => Job, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'training_progress_job_fkey' })
  job?: Job;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  /** The attempt that trained the epoch. */
  @Column('integer')
  attempt: number;

  @Column('double precision')
  loss: number;

  @Column('double precision', { name: 'validation_loss' })
  validationLoss: number;

  @Column('double precision', { nullable: true })
  accuracy: number | null;

  @Column('double precision', { name: 'learning_rate' })
  learningRate: number;

  /** Milliseconds. */
  @Column({ ...BIGINT, name: 'estimated_time_remaining' })
  estimatedTimeRemaining: number;

  @Column(NOW)
  timestamp: Date;
}
