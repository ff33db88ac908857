import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NOW } from '../../database/columns.js';

/** A worker process: alive while `seen_at` is recent. Belongs to the platform, not to a tenant. */
@Entity('workers')
@Index('workers_seen', ['seenAt'])
export class WorkerProcess {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'workers_pkey' })
  id: string;

  @Column('text')
  host: string;

  /** Runs it trains at once. */
  @Column('integer')
  capacity: number;

  @Column({ ...NOW, name: 'started_at' })
  startedAt: Date;

  @Column({ ...NOW, name: 'seen_at' })
  seenAt: Date;
}
