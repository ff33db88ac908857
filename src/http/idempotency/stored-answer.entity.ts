import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NOW } from '../../database/columns.js';

/** What a request with an Idempotency-Key was answered, written by the transaction that did what it asked for. */
@Entity('idempotency_keys')
@Check('idempotency_keys_key_check', `length(key) BETWEEN 1 AND 255`)
@Check('idempotency_keys_body_check', `octet_length(body) <= 8388608`)
@Index('idempotency_keys_by_age', ['createdAt'])
export class StoredAnswer {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  tenantId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key: string;

  /** Of the request; SHA-256 in hexadecimal. */
  @Column('text')
  fingerprint: string;

  @Column('integer')
  status: number;

  /** The Location header. */
  @Column('text', { nullable: true })
  location: string | null;

  /** JSON as it was sent: jsonb would forget the order of its fields. Longer than a request's fields can make it, never. */
  @Column('text')
  body: string;

  @Column({ ...NOW, name: 'created_at' })
  createdAt: Date;
}
