import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { BIGINT, NOW } from '../../database/columns.js';
import { JobPhase, JobStatus } from './job-state.js';
import { Job } from './job.entity.js';

/** A change of a job's status, phase or attempt. Written by a trigger, so that no statement can forget it. */
@Entity('job_events')
@Index('job_events_feed', ['tenantId', 'transaction', 'jobId', 'number'])
export class JobEvent {
  @PrimaryColumn('text', { name: 'job_id', primaryKeyConstraintName: 'job_events_pkey' })
  jobId: string;

  /** From 1, without a gap. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'job_events_pkey' })
  number: number;

  @ManyToOne(() => Job, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'job_events_job_fkey' })
  job?: Job;

  /** What pages go by. */
  get id(): string {
    return String(this.number);
  }

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  @Column(NOW)
  at: Date;

  @Column('text')
  status: JobStatus;

  @Column('text')
  phase: JobPhase;

  @Column('integer')
  attempt: number;

  /** The last epoch persisted by then. */
  @Column('integer')
  epoch: number;

  /** The worker that had the job, where one did. */
  @Column('text', { name: 'worker_id', nullable: true })
  workerId: string | null;

  /** Why, for programs. */
  @Column('text', { nullable: true })
  reason: string | null;

  /** The transaction that wrote it: events of a tenant become visible in the order of those that have ended. */
  @Column({ ...BIGINT, default: () => 'current_transaction_number()' })
  transaction: number;

  /** Why, for people. */
  @Column('text', { nullable: true })
  detail: string | null;
}
