import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, MoreThan } from 'typeorm';
import { type Slice, type SliceRequest, sliceOf } from '../../http/page/slice.js';
import { JobEvent } from './job-event.entity.js';
import { JobsService } from './jobs.service.js';

/** What happened to a job, and when. */
@Injectable()
export class JobEventsService {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly jobs: JobsService,
  ) {}

  /** Oldest first; a cursor is an event's number. Throws JobNotFoundError. */
  async list(tenantId: string, jobId: string, { limit, after }: SliceRequest): Promise<Slice<JobEvent>> {
    await this.jobs.get(tenantId, jobId);
    const rows = await this.source.getRepository(JobEvent).find({
      where: { tenantId, jobId, number: MoreThan(Number(after ?? 0)) },
      order: { number: 'ASC' },
      take: limit + 1,
    });
    return sliceOf(rows, limit);
  }
}
