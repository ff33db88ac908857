import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BIGINT, NOW } from '../../../database/columns.js';

export enum RemovalCause {
  /** Somebody asked for it. */
  Deleted = 'deleted',
  /** No version named it. */
  Orphaned = 'orphaned',
}

/** A model file that is gone. Rows are added and not changed; that of an orphan which could not be removed goes again. */
@Entity('removed_files')
@Index('removed_files_key', ['key'], { unique: true })
@Check('removed_files_cause_check', `cause IN ('deleted', 'orphaned')`)
export class RemovedFile {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'removed_files_pkey' })
  id: string;

  /** Null for orphans: nobody knows whose they were. */
  @Column('text', { name: 'tenant_id', nullable: true })
  tenantId: string | null;

  /** Never used again. */
  @Column('text')
  key: string;

  @Column({ ...BIGINT, nullable: true })
  bytes: number | null;

  @Column('text')
  cause: RemovalCause;

  @Column('text', { name: 'version_id', nullable: true })
  versionId: string | null;

  @Column('text', { nullable: true })
  actor: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column(NOW)
  at: Date;
}
