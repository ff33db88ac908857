import { BIGINT } from '../../database/columns.js';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last entry of a tenant: what the next one is bound to, and a lock for those who write it. */
@Entity('audit_heads')
export class AuditHead {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'audit_heads_pkey' })
  tenantId: string;

  @Column({ ...BIGINT, default: 0 })
  number: number;

  @Column('text', { default: '' })
  hash: string;
}
