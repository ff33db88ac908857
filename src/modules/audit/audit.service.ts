import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { type Slice, type SliceRequest, sliceOf } from '../../http/page/slice.js';
import { AuditEntry } from './audit-entry.entity.js';

export interface AuditFilters {
  actor?: string[];
  action?: string[];
  resource?: string[];
  resourceId?: string[];
}

/** Who changed what. Entries are written by the database, in the transaction of the change. */
@Injectable()
export class AuditService {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Newest first. */
  async list(tenantId: string, filters: AuditFilters, { limit, after }: SliceRequest): Promise<Slice<AuditEntry>> {
    const where: FindOptionsWhere<AuditEntry> = { tenantId };
    for (const name of ['actor', 'action', 'resource', 'resourceId'] as const) {
      if (filters[name]) where[name] = In(filters[name]);
    }
    if (after) where.number = LessThan(Number(after));
    const entries = await this.source
      .getRepository(AuditEntry)
      .find({ where, order: { number: 'DESC' }, take: limit + 1 });
    return sliceOf(entries, limit);
  }
}
