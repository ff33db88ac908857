import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CURVES, SUBJECTS } from './comparison.statements.js';
import type { RunPoint } from './curves.js';
import type { Subject } from './subject.js';

/** Epochs of a comparison. */
const MOST_EPOCHS = 1_000;

@Injectable()
export class ComparisonRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Those of the tenant's jobs that there are, in no order. */
  subjects(tenantId: string, jobIds: readonly string[]): Promise<Subject[]> {
    return this.source.query<Subject[]>(SUBJECTS, [tenantId, jobIds]);
  }

  /** Of the tenant's jobs, of at most MOST_EPOCHS epochs. */
  curves(tenantId: string, jobIds: readonly string[]): Promise<RunPoint[]> {
    return this.source.query<RunPoint[]>(CURVES, [tenantId, jobIds, MOST_EPOCHS]);
  }
}
