import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { type Quotas, quotasByTenant } from '../../config/quotas.js';
import { ArrivingBytes } from './arriving-bytes.js';
import { QuotaExceededError } from './quotas.errors.js';
import { TAKE_TURNS, USAGE } from './quotas.statements.js';

export type Usage = Omit<Quotas, 'epochsPerJob'>;

/** For content that arrives; has the shape of an upload's Room. */
export interface Space {
  bytes: number;
  exceeded: () => Error;
  take: (bytes: number, beside: number) => void;
  leave: () => void;
}

/**
 * What a tenant may have, and has. How many runs train at once is not asked here: jobs beyond it wait for their turn
 * (queue/reserve-within-quotas.ts).
 */
@Injectable()
export class QuotasService {
  readonly of: (tenantId: string) => Quotas;
  private readonly arriving = new ArrivingBytes();

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.of = quotasByTenant(environment);
  }

  usage(tenantId: string): Promise<Usage> {
    return usage(this.source.manager, tenantId);
  }

  /** Throws QuotaExceededError. */
  assertEpochs(tenantId: string, epochs: number): void {
    const { epochsPerJob } = this.of(tenantId);
    if (epochsPerJob > 0 && epochs > epochsPerJob) throw new QuotaExceededError('epochsPerJob', epochsPerJob);
  }

  /**
   * Before a job is started, in the transaction that starts it; until that ends the tenant starts no other. A tenant
   * without space left starts none: there would be no room for its model. Throws QuotaExceededError.
   */
  async admitJob(transaction: EntityManager, tenantId: string, epochs: number): Promise<void> {
    this.assertEpochs(tenantId, epochs);
    const { queuedJobs, storageBytes } = this.of(tenantId);
    if (queuedJobs === 0 && storageBytes === 0) return;
    const used = await usageInTurn(transaction, tenantId);
    if (queuedJobs > 0 && used.queuedJobs >= queuedJobs) {
      throw new QuotaExceededError('queuedJobs', queuedJobs, used.queuedJobs);
    }
    if (storageBytes > 0 && used.storageBytes >= storageBytes) {
      throw new QuotaExceededError('storageBytes', storageBytes, used.storageBytes);
    }
  }

  /** Before content becomes that of a dataset, in the same transaction. Throws QuotaExceededError. */
  async admitContent(transaction: EntityManager, tenantId: string, datasetId: string, bytes: number): Promise<void> {
    const { storageBytes } = this.of(tenantId);
    if (storageBytes === 0) return;
    const used = await usageInTurn(transaction, tenantId, datasetId);
    if (used.storageBytes + bytes > storageBytes) {
      throw new QuotaExceededError('storageBytes', storageBytes, used.storageBytes);
    }
  }

  /**
   * Before content arrives: most bytes of it, and how it is refused beyond them; null where there is no quota. What
   * arrives at once has room once, or uploads that do not end would fill the disk beyond the quota.
   */
  async spaceFor(tenantId: string, datasetId: string): Promise<Space | null> {
    const { storageBytes } = this.of(tenantId);
    if (storageBytes === 0) return null;
    const used = await usage(this.source.manager, tenantId, datasetId);
    const bytes = Math.max(0, storageBytes - used.storageBytes);
    const upload = this.arriving.begin(tenantId);
    const exceeded = () => new QuotaExceededError('storageBytes', storageBytes, used.storageBytes);
    return {
      bytes,
      exceeded,
      take: (more, beside) => {
        if (upload.add(more) > bytes + beside) throw exceeded();
      },
      leave: () => upload.end(),
    };
  }
}

/** A statement of its own after the lock, so that it sees what the one before has committed. */
async function usageInTurn(transaction: EntityManager, tenantId: string, replaced?: string): Promise<Usage> {
  await transaction.query(TAKE_TURNS, [tenantId]);
  return usage(transaction, tenantId, replaced);
}

async function usage(manager: EntityManager, tenantId: string, replaced?: string): Promise<Usage> {
  const [used] = await manager.query<Usage[]>(USAGE, [tenantId, replaced ?? null]);
  return used!;
}
