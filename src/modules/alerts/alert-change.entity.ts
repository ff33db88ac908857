import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { NOW } from '../../database/columns.js';
import type { AlertState } from './alert-state.js';
import { Alert } from './alert.entity.js';

/** A state that an alert took. Written by a trigger, so that no statement can forget it. */
@Entity('alert_changes')
@Index('alert_changes_of_alert', ['alertId'])
export class AlertChange {
  @PrimaryColumn('text', { name: 'job_id', primaryKeyConstraintName: 'alert_changes_pkey' })
  jobId: string;

  /** From 1 for each job, without a gap. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'alert_changes_pkey' })
  number: number;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  @Column('text', { name: 'alert_id' })
  alertId: string;

  @ManyToOne(() => Alert, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'alert_id', foreignKeyConstraintName: 'alert_changes_alert_fkey' })
  alert?: Alert;

  @Column('text')
  state: AlertState;

  @Column(NOW)
  at: Date;
}
