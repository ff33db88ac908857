import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { MAY_REMOVE_FILES } from '../../../database/backup-lock.js';
import { POOL } from '../../../database/database.module.js';
import { newId } from '../../../database/id.js';
import { Transactions } from '../../../database/transactions.js';
import type { UnitOfWork } from '../../../database/unit-of-work.js';
import { withTimeLimit } from '../../../queue/time-limit.js';
import type { ObjectStore } from '../../../storage/object-store.js';
import { ARTEFACT_STORE } from '../../../storage/storage.module.js';
import type { Order } from '../deployment/order.js';
import { Turns } from '../deployment/turns.js';
import type { ModelVersion } from '../model-version.entity.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { VersionStatus } from '../version-state.js';
import { VersionNotArchivedError } from './space.errors.js';
import { DELETE_FILE } from './space.statements.js';

/** Milliseconds that whoever deletes waits for the store. */
const REMOVE_LIMIT_MS = 10_000;

/** Gives back the space of versions that nobody will deploy again. */
@Injectable()
export class SpaceService {
  private readonly logger = new Logger('Space');

  constructor(
    private readonly models: ModelsService,
    private readonly transactions: Transactions,
    private readonly turns: Turns,
    @Inject(ARTEFACT_STORE) private readonly store: ObjectStore,
    @Inject(POOL) private readonly pool: Pool,
  ) {}

  /**
   * Deletes the file of an archived version, at most once. The rows first: whatever happens then, no version claims a
   * file that is not there. Throws ModelNotFound-, VersionNotFound- or VersionNotArchivedError.
   */
  async deleteFile(order: Order, number: VersionNumber): Promise<void> {
    const { filePath } = await this.turns.take(order, () =>
      this.transactions.run((unit) => this.markDeleted(unit, order, number)),
    );
    // Out of turn: a store may be slow, and nobody else shall wait for it.
    if (filePath !== null) await this.discard(filePath);
  }

  private async markDeleted(unit: UnitOfWork, order: Order, number: VersionNumber): Promise<ModelVersion> {
    const { principal, modelId, reason } = order;
    const { tenant, sub: actor } = principal;
    // Restoring and deploying wait for the same lock: what is archived now stays so until this is committed.
    await this.models.lock(unit.transaction, tenant, modelId);
    const version = await this.models.version(tenant, modelId, number, unit.transaction);
    const { id, status, version: name, filePath } = version;
    if (status !== VersionStatus.Archived) throw new VersionNotArchivedError(modelId, name!, status);
    await unit.transaction.query(DELETE_FILE, [tenant, id, actor, reason ?? null, newId('removal')]);
    unit.afterCommit(() =>
      this.logger.log({ msg: 'Model file deleted', tenant, modelId, version: name, filePath, actor }),
    );
    return version;
  }

  /** What cannot be removed now is nobody's, and a worker's sweep finds it. */
  private async discard(key: string): Promise<void> {
    await withTimeLimit(this.removed(key), REMOVE_LIMIT_MS, 'Removing it').catch((error: Error) => {
      this.logger.warn({ msg: 'Model file left to the sweep', key, reason: error.message });
    });
  }

  private async removed(key: string): Promise<void> {
    const { rows } = await this.pool.query<{ may: boolean }>(MAY_REMOVE_FILES);
    if (!rows[0]!.may) throw new Error('a backup is under way');
    await this.store.remove(key);
  }
}
