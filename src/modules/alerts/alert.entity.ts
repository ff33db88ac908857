import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { NOW, TIME } from '../../database/columns.js';
import { AlertAction } from '../jobs/alerting/alert-action-kind.js';
import type { AlertKind } from '../jobs/alerting/alert-kind.js';
import { Job } from '../jobs/job.entity.js';
import { AlertState } from './alert-state.js';

/** Something about a run that somebody should look at. */
@Entity('alerts')
@Check('alerts_state_check', `state IN ('firing', 'acknowledged', 'resolved')`)
@Check('alerts_action_check', `action IN ('notify', 'pause', 'cancel')`)
@Check('alerts_resolution_check', `(state = 'resolved') = (resolution IS NOT NULL)`)
@Index('alerts_once', ['jobId', 'rule', 'occurrence'], { unique: true })
@Index('alerts_page', ['tenantId', 'id'], { unique: true })
@Index('alerts_by_state', ['tenantId', 'state', 'id'])
@Index('alerts_by_kind', ['tenantId', 'kind', 'id'])
@Index('alerts_of_job', ['jobId', 'id'])
export class Alert {
  /** Made by the database, so that ids sort by its clock. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'alerts_pkey', default: () => 'new_alert_id()' })
  id: string;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  @Column('text', { name: 'job_id' })
  jobId: string;

  @ManyToOne(() => Job, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'alerts_job_fkey' })
  job?: Job;

  /** The detector's name, or that of the job's own rule. */
  @Column('text')
  rule: string;

  @Column('text')
  kind: AlertKind;

  @Column('text', { default: AlertState.Firing })
  state: AlertState;

  @Column('text', { default: AlertAction.Notify })
  action: AlertAction;

  /** What makes raising it a second time the same alert. */
  @Column('text')
  occurrence: string;

  @Column('integer')
  attempt: number;

  /** The epoch in which it fired. */
  @Column('integer')
  epoch: number;

  @Column('text')
  detail: string;

  /** What was measured, and the bound that it passed. */
  @Column('double precision', { nullable: true })
  observed: number | null;

  @Column('double precision', { nullable: true })
  bound: number | null;

  @Column({ ...NOW, name: 'fired_at' })
  firedAt: Date;

  @Column({ ...TIME, name: 'acknowledged_at', nullable: true })
  acknowledgedAt: Date | null;

  @Column('text', { name: 'acknowledged_by', nullable: true })
  acknowledgedBy: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column({ ...TIME, name: 'resolved_at', nullable: true })
  resolvedAt: Date | null;

  @Column('integer', { name: 'resolved_epoch', nullable: true })
  resolvedEpoch: number | null;

  /** `recovered`, or `job_ended`. */
  @Column('text', { nullable: true })
  resolution: string | null;
}
