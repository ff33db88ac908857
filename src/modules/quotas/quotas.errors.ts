import type { QuotaName } from '../../config/quotas.js';
import { DomainError } from '../../errors/domain.error.js';

const EXCEEDED: Readonly<Record<QuotaName, (limit: number) => string>> = {
  runningJobs: (limit) => `${limit} runs of your tenant train at once already.`,
  queuedJobs: (limit) => `${limit} started jobs of your tenant are waiting already; start more when some have begun.`,
  epochsPerJob: (limit) => `A job of your tenant may have ${limit} epochs at most.`,
  storageBytes: (limit) => `Datasets and model files of your tenant may take ${limit} bytes; delete some first.`,
};

/** `used`: what there is already; absent where nothing is summed up. */
export class QuotaExceededError extends DomainError {
  constructor(quota: QuotaName, limit: number, used?: number) {
    super('conflict', 'quota_exceeded', EXCEEDED[quota](limit), { quota: { name: quota, limit, used } });
  }
}
