import type { QuotaName } from '../../config/quotas.js';
import { DomainError } from '../../errors/domain.error.js';

/** Running jobs wait instead. */
type Refusing = Exclude<QuotaName, 'runningJobs'>;

const EXCEEDED: Readonly<Record<Refusing, (limit: number) => string>> = {
  queuedJobs: (limit) => `${limit} started jobs of your tenant are waiting already; start more when some have begun.`,
  epochsPerJob: (limit) => `A job of your tenant may have ${limit} epochs at most.`,
  storageBytes: (limit) => `Datasets and model files of your tenant may take ${limit} bytes; delete some first.`,
};

/** `used`: what there is already; absent where nothing is summed up. */
export class QuotaExceededError extends DomainError {
  constructor(quota: Refusing, limit: number, used?: number) {
    super('conflict', 'quota_exceeded', EXCEEDED[quota](limit), { quota: { name: quota, limit, used } });
  }
}
