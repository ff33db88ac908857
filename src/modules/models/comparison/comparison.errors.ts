import { DomainError } from '../../../errors/domain.error.js';
import { JOB_TRANSITIONS, type JobStatus } from '../../jobs/job-state.js';

/** A run that no worker has taken yet has nothing to be compared by. */
export class JobNotBegunError extends DomainError {
  constructor(id: string, status: JobStatus) {
    super('conflict', 'job_not_begun', `Job ${id} has not begun to train; it is ${status}.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}
