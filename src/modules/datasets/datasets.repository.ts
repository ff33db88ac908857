import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { newId } from '../../database/id.js';
import { type Slice, type SliceRequest, sliceOf } from '../../http/page/slice.js';
import type { DatasetStatus } from './dataset-state.js';
import type { DatasetType } from './dataset-type.js';
import { Dataset } from './dataset.entity.js';
import { DatasetTypeInUseError } from './datasets.errors.js';
import type { Declaration } from './declaration.js';
import { REVISE } from './datasets.statements.js';

export interface DatasetFilters {
  type?: DatasetType[];
  status?: DatasetStatus[];
}

export interface NewDataset extends Declaration {
  tenantId: string;
  name: string;
  description: string;
  derivedFrom: string | null;
  requestId: string | null;
}

/** A dataset as it is to be. `declares`: what it declares changes; `process`: a worker is to look at it again. */
export interface Revision extends Declaration {
  name: string;
  description: string;
  declares: boolean;
  process: boolean;
  requestId: string | null;
}

/** What a job needs to know of its dataset. */
export type HeldDataset = Pick<Dataset, 'id' | 'type' | 'size'>;

@Injectable()
export class DatasetsRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** With `process` the row is due for dispatch from its first moment on. */
  async insert(transaction: EntityManager, dataset: NewDataset, process: boolean): Promise<Dataset> {
    const id = newId('dataset');
    const due = process ? { generation: 1, dispatchAt: () => 'clock_timestamp()' } : {};
    const table = transaction.getRepository(Dataset);
    await table.insert({ id, ...dataset, ...due });
    return table.findOneByOrFail({ id });
  }

  find(tenantId: string, id: string, within: EntityManager = this.source.manager): Promise<Dataset | null> {
    return within.getRepository(Dataset).findOneBy({ tenantId, id });
  }

  /** Keeps the dataset as it is until the transaction ends. */
  hold(transaction: EntityManager, tenantId: string, id: string): Promise<HeldDataset | null> {
    return transaction.getRepository(Dataset).findOne({
      select: { id: true, type: true, size: true },
      where: { tenantId, id },
      lock: { mode: 'pessimistic_read' },
    });
  }

  /** Newest first. */
  async list(tenantId: string, filters: DatasetFilters, { limit, after }: SliceRequest): Promise<Slice<Dataset>> {
    const where: FindOptionsWhere<Dataset> = { tenantId };
    if (filters.type) where.type = In(filters.type);
    if (filters.status) where.status = In(filters.status);
    if (after) where.id = LessThan(after);
    const rows = await this.source.getRepository(Dataset).find({ where, order: { id: 'DESC' }, take: limit + 1 });
    return sliceOf(rows, limit);
  }

  /**
   * Locks the dataset, lets `decide` say what becomes of it, and writes that, guarded by the statuses in which it may
   * be declared anew. Null: there is no such dataset. Throws what `decide` throws, or DatasetTypeInUseError.
   */
  revise(tenantId: string, id: string, decide: (dataset: Dataset) => Revision): Promise<Dataset | null> {
    return this.source.transaction(async (transaction) => {
      const table = transaction.getRepository(Dataset);
      const dataset = await table.findOne({ where: { tenantId, id }, lock: { mode: 'for_no_key_update' } });
      if (!dataset) return null;
      const revision = decide(dataset);
      const written = await transaction.query<{ id: string }[]>(REVISE, valuesOf(tenantId, id, revision));
      if (written.length === 0) throw new DatasetTypeInUseError(id, dataset.status);
      return table.findOneByOrFail({ tenantId, id });
    });
  }
}

function valuesOf(tenantId: string, id: string, revision: Revision): unknown[] {
  const { name, description, type, size, features, targetColumn, metadata, declares, process, requestId } = revision;
  return [id, tenantId, name, description, type, size, features, targetColumn, metadata, declares, process, requestId];
}
