import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BIGINT } from '../columns.js';

/** A change of a tally, written by a trigger in the transaction that makes it. */
@Entity('tally_changes')
export class TallyChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tally_changes_pkey' })
  id: string;

  @Column('text', { name: 'tenant_id' })
  tenantId: string;

  @Column('text')
  name: string;

  @Column(BIGINT)
  change: number;
}
