import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { MAY_REMOVE_FILES } from '../../../database/backup-lock.js';
import type { StoredObject } from '../../../storage/object-store.js';
import { QuotasService } from '../../quotas/quotas.service.js';
import { Dataset } from '../dataset.entity.js';
import { DatasetProfileRow } from '../profile/dataset-profile.entity.js';
import type { ReadAs } from '../profile/profile-type.js';
import { ACCEPT_CONTENT, PROCESS_AGAIN, READ_AS } from './content.statements.js';

export interface NewContent {
  object: StoredObject;
  name: string | null;
  requestId: string | null;
}

@Injectable()
export class ContentRepository {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly quotas: QuotasService,
  ) {}

  /** Null: the dataset is not there, or takes no content any more. Throws QuotaExceededError. */
  async accept(tenantId: string, id: string, content: NewContent): Promise<{ replaced: string | null } | null> {
    const { object, name, requestId } = content;
    const values = [id, tenantId, object.key, object.size, object.sha256, name, requestId];
    return this.source.transaction(async (transaction) => {
      await this.quotas.admitContent(transaction, tenantId, id, object.size);
      const [accepted] = await transaction.query<{ replaced: string | null }[]>(ACCEPT_CONTENT, values);
      return accepted ?? null;
    });
  }

  /** False: the dataset is not in error, or has no content to look at. */
  async processAgain(transaction: EntityManager, tenantId: string, id: string, requestId: string | null) {
    const again = await transaction.query<{ id: string }[]>(PROCESS_AGAIN, [id, tenantId, requestId]);
    return again.length > 0;
  }

  async profileOf(tenantId: string, id: string): Promise<DatasetProfileRow | null> {
    return this.source.getRepository(DatasetProfileRow).findOneBy({ datasetId: id, dataset: { tenantId } });
  }

  /** How a worker has read the content; null: none has yet. Without the rest of the profile, which can be large. */
  async readAs(datasetId: string): Promise<ReadAs | null> {
    const [row] = await this.source.query<{ read_as: ReadAs }[]>(READ_AS, [datasetId]);
    return row?.read_as ?? null;
  }

  /** False while a backup may be about to copy what no row names any more. */
  async mayRemoveFiles(): Promise<boolean> {
    const [row] = await this.source.query<{ may: boolean }[]>(MAY_REMOVE_FILES);
    return row!.may;
  }

  /**
   * Locks the dataset and removes it unless jobs refer to it; gives it as it was, and whether it is gone. Null: it is
   * not there.
   */
  remove(tenantId: string, id: string): Promise<{ dataset: Dataset; removed: boolean } | null> {
    return this.source.transaction(async (transaction) => {
      const table = transaction.getRepository(Dataset);
      const dataset = await table.findOne({ where: { tenantId, id }, lock: { mode: 'pessimistic_write' } });
      if (!dataset) return null;
      const unused = 'id = :id AND NOT EXISTS (SELECT FROM training_jobs WHERE dataset_id = :id)';
      const { affected } = await table.createQueryBuilder().delete().where(unused, { id }).execute();
      return { dataset, removed: affected === 1 };
    });
  }
}
