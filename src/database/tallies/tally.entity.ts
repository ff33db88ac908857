import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BIGINT } from '../columns.js';

/** How many of something a tenant has, but for the changes that were not added yet. */
@Entity('tallies')
export class Tally {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'tallies_pkey' })
  tenantId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'tallies_pkey' })
  name: string;

  @Column(BIGINT)
  number: number;
}
