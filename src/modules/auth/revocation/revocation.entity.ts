import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NOW } from '../../../database/columns.js';

/** From this moment on older tokens are refused: those of a subject, or of everyone in the tenant. Rows are only added. */
@Entity('token_revocations')
@Index('token_revocations_page', ['tenantId', 'id'], { unique: true })
@Index('token_revocations_newest', ['at'])
export class Revocation {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'token_revocations_pkey' })
  id: string;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  /** Null: everyone. */
  @Column('text', { nullable: true })
  subject: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  /** Whose token asked for it. */
  @Column('text')
  actor: string;

  @Column(NOW)
  at: Date;
}
