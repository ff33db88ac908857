import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { JobPhase } from '../job-state.js';
import type { Job } from '../job.entity.js';
import { PLACE } from './place.statements.js';
import { type Load, schedule } from './schedule.js';

/** Where a job stands that waits for a worker. */
export interface QueuePlace {
  /** Jobs that go before it, of any tenant; counted up to MOST_LOOKED_AT. */
  ahead: number;
  /** Null while no worker is alive. */
  estimatedStartAt: Date | null;
}

const MAY_WAIT: readonly JobPhase[] = [JobPhase.Queued, JobPhase.Recovering, JobPhase.RetryWait];

type WaitingJob = Pick<Job, 'id' | 'tenantId' | 'phase' | 'priority' | 'enqueuedAt' | 'nextAttemptAt'>;

@Injectable()
export class QueuePlaceService {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Null for a job that does not wait for a worker; asks the database only about one that may. */
  async of(job: WaitingJob): Promise<QueuePlace | null> {
    if (!MAY_WAIT.includes(job.phase)) return null;
    const [row] = await this.source.query<(Load & { at: Date; jobs: number })[]>(PLACE, valuesOf(job));
    if (!row) return null;
    const plan = schedule(row);
    return { ahead: row.jobs, estimatedStartAt: plan && new Date(row.at.getTime() + plan.nextStart) };
  }
}

/** Columns are exact to the microsecond, a Date to the millisecond below. */
function valuesOf({ id, tenantId, phase, priority, enqueuedAt, nextAttemptAt }: WaitingJob): unknown[] {
  const came = Math.max(enqueuedAt?.getTime() ?? 0, nextAttemptAt?.getTime() ?? 0);
  const after = new Date(came + 1);
  const bounds = phase === JobPhase.Queued ? ['infinity', after] : [after, '-infinity'];
  return [id, tenantId, priority, after, ...bounds];
}
