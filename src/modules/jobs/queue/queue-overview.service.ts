import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Job } from '../job.entity.js';
import { COUNTS, PLATFORM, RUNNING } from './overview.statements.js';
import { type Load, schedule } from './schedule.js';

export interface QueueCounts {
  queued: number;
  running: number;
  recovering: number;
  retryWait: number;
  paused: number;
  waitingForDataset: number;
}

export type RunningJob = Pick<
  Job,
  'id' | 'name' | 'modelId' | 'priority' | 'progress' | 'attempt' | 'workerId' | 'startedAt' | 'estimatedTimeRemaining'
>;

export interface LivingWorker {
  id: string;
  host: string;
  since: string;
  running: number;
  capacity: number;
}

export interface QueueOverview {
  counts: QueueCounts;
  running: RunningJob[];
  platform: { queued: number; running: number; capacity: number };
  workers: LivingWorker[];
  /** When everything that runs or waits is done; null while no worker is alive. */
  drain: { ms: number; at: Date } | null;
}

interface PlatformRow extends Load {
  at: Date;
  queued: number;
  running: number;
  workers: LivingWorker[];
}

/** What waits and what trains: the tenant's own jobs, and of everybody's their numbers. */
@Injectable()
export class QueueOverviewService {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  async of(tenantId: string): Promise<QueueOverview> {
    const [counts, running, [platform]] = await Promise.all([
      this.counts(tenantId),
      this.source.query<RunningJob[]>(RUNNING, [tenantId]),
      this.source.query<PlatformRow[]>(PLATFORM),
    ]);
    const { at, workers, ...row } = platform!;
    const plan = schedule(row);
    return {
      counts,
      running,
      platform: { queued: row.queued, running: row.running, capacity: row.capacity },
      workers,
      drain: plan && { ms: plan.allDone, at: new Date(at.getTime() + plan.allDone) },
    };
  }

  async counts(tenantId: string): Promise<QueueCounts> {
    const [counts] = await this.source.query<QueueCounts[]>(COUNTS, [tenantId]);
    return counts!;
  }
}
