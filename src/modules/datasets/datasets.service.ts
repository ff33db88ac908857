import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { Slice, SliceRequest } from '../../http/page/slice.js';
import { ValidationFailedError } from '../../http/validation/validation.errors.js';
import { logContext } from '../../logging/request-context.js';
import type { Outbox } from '../../queue/outbox.js';
import { DATASET_OUTBOX } from '../../queue/queue.module.js';
import type { Dataset } from './dataset.entity.js';
import { DatasetNotFoundError } from './datasets.errors.js';
import { type DatasetFilters, DatasetsRepository, type HeldDataset } from './datasets.repository.js';
import { checkDeclaration, type Declaration, isUpload } from './declaration.js';
import { type DatasetChanges, revisionOf } from './revision.js';

export type { HeldDataset };

export interface DatasetDraft extends Pick<Declaration, 'type' | 'metadata'> {
  name: string;
  description?: string;
  size?: number;
  features?: string[];
  targetColumn?: string;
  derivedFrom?: string;
}

@Injectable()
export class DatasetsService {
  private readonly logger = new Logger('Datasets');

  constructor(
    private readonly datasets: DatasetsRepository,
    @Inject(DATASET_OUTBOX) private readonly outbox: Outbox,
  ) {}

  /** A dataset whose data lie elsewhere is processed at once; an upload waits for its bytes. */
  async create(unit: UnitOfWork, tenantId: string, draft: DatasetDraft): Promise<Dataset> {
    const declaration: Declaration = {
      type: draft.type,
      size: draft.size ?? null,
      features: draft.features ?? null,
      targetColumn: draft.targetColumn ?? null,
      metadata: draft.metadata,
    };
    const errors = checkDeclaration(declaration);
    if (draft.derivedFrom && !(await this.datasets.find(tenantId, draft.derivedFrom, unit.transaction))) {
      errors.push({ pointer: '/derivedFrom', code: 'unknown_dataset', detail: `There is no ${draft.derivedFrom}.` });
    }
    if (errors.length > 0) throw new ValidationFailedError(errors);
    const described = {
      name: draft.name,
      description: draft.description ?? '',
      derivedFrom: draft.derivedFrom ?? null,
      requestId: logContext().requestId ?? null,
    };
    const process = !isUpload(draft.metadata);
    const content = { tenantId, ...described, ...declaration };
    const dataset = await this.datasets.insert(unit.transaction, content, process);
    unit.afterCommit(() => {
      this.logger.log({ msg: 'Dataset created', datasetId: dataset.id, tenant: tenantId, type: dataset.type });
      if (process) void this.outbox.dispatchNow(dataset.id);
    });
    return dataset;
  }

  /** As it is, or as `transaction` sees it. */
  async get(tenantId: string, id: string, transaction?: EntityManager): Promise<Dataset> {
    const dataset = await this.datasets.find(tenantId, id, transaction);
    if (!dataset) throw new DatasetNotFoundError(id);
    return dataset;
  }

  /** Keeps a dataset from changing until the transaction ends: first in the order of locks dataset, job, model. */
  async hold(transaction: EntityManager, tenantId: string, id: string): Promise<HeldDataset> {
    const dataset = await this.datasets.hold(transaction, tenantId, id);
    if (!dataset) throw new DatasetNotFoundError(id);
    return dataset;
  }

  list(tenantId: string, filters: DatasetFilters, slice: SliceRequest): Promise<Slice<Dataset>> {
    return this.datasets.list(tenantId, filters, slice);
  }

  /** What a dataset declares can change before it is processed, or to mend an error, which processes it again. */
  async update(tenantId: string, id: string, changes: DatasetChanges): Promise<Dataset> {
    let process = false;
    const dataset = await this.datasets.revise(tenantId, id, (current) => {
      const revision = revisionOf(current, changes);
      ({ process } = revision);
      return { ...revision, requestId: logContext().requestId ?? null };
    });
    if (!dataset) throw new DatasetNotFoundError(id);
    this.logger.log({ msg: 'Dataset updated', datasetId: id, tenant: tenantId, status: dataset.status });
    if (process) void this.outbox.dispatchNow(id);
    return dataset;
  }
}
