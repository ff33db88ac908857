import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { type Slice, type SliceRequest, sliceOf } from '../../http/page/slice.js';
import type { AlertKind } from '../jobs/alerting/alert-kind.js';
import type { AlertState } from './alert-state.js';
import { Alert } from './alert.entity.js';
import { ACKNOWLEDGE, HOLD_JOB } from './alerts.statements.js';

export interface AlertFilters {
  state?: AlertState[];
  kind?: AlertKind[];
  jobId?: string[];
}

@Injectable()
export class AlertsRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  find(tenantId: string, id: string): Promise<Alert | null> {
    return this.source.getRepository(Alert).findOneBy({ tenantId, id });
  }

  /** Newest first. */
  async list(tenantId: string, filters: AlertFilters, { limit, after }: SliceRequest): Promise<Slice<Alert>> {
    const where: FindOptionsWhere<Alert> = { tenantId };
    if (filters.state) where.state = In(filters.state);
    if (filters.kind) where.kind = In(filters.kind);
    if (filters.jobId) where.jobId = In(filters.jobId);
    if (after) where.id = LessThan(after);
    const rows = await this.source.getRepository(Alert).find({ where, order: { id: 'DESC' }, take: limit + 1 });
    return sliceOf(rows, limit);
  }

  /** Changes nothing but an alert that is firing. */
  async acknowledge(tenantId: string, id: string, by: string, note: string | null): Promise<void> {
    await this.source.transaction(async (transaction) => {
      const held = await transaction.query<{ id: string }[]>(HOLD_JOB, [id, tenantId]);
      if (held.length > 0) await transaction.query(ACKNOWLEDGE, [id, by, note]);
    });
  }
}
