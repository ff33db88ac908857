import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BIGINT, TIME } from '../../database/columns.js';

/** One change by somebody. Written by the database's triggers alone, and never changed. */
@Entity('audit_entries')
@Check('audit_entries_number_check', 'number > 0')
@Index('audit_entries_of_resource', ['tenantId', 'resourceId', 'number'])
@Index('audit_entries_by_action', ['tenantId', 'action', 'number'])
@Index('audit_entries_by_kind', ['tenantId', 'resource', 'number'])
@Index('audit_entries_by_actor', ['tenantId', 'actor', 'number'])
export class AuditEntry {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'audit_entries_pkey' })
  tenantId: string;

  /** From 1 on, without a gap, for each tenant. */
  @PrimaryColumn({ ...BIGINT, nullable: false, primaryKeyConstraintName: 'audit_entries_pkey' })
  number: number;

  @Column(TIME)
  at: Date;

  @Column('text')
  actor: string;

  /** The operation's id, as the API's document names it. */
  @Column('text')
  action: string;

  @Column('text')
  resource: string;

  @Column('text', { name: 'resource_id' })
  resourceId: string;

  /** What changed, as it was; null: the row is new. */
  @Column('jsonb', { nullable: true })
  before: Record<string, unknown> | null;

  /** What changed, as it is since; null: the row is gone. */
  @Column('jsonb', { nullable: true })
  after: Record<string, unknown> | null;

  @Column('text', { name: 'request_id' })
  requestId: string;

  @Column('text')
  address: string;

  /** Hash of the entry before; empty: there is none. */
  @Column('text')
  previous: string;

  /** SHA-256 over all of the above, in hex. */
  @Column('text')
  hash: string;

  /** What a page of entries goes on after. */
  get id(): string {
    return String(this.number);
  }
}
