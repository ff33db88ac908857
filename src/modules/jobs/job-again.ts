import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../../database/id.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { logContext } from '../../logging/request-context.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { COPY_HISTORY, INSERT_AGAIN } from './job-again.statements.js';
import type { Job } from './job.entity.js';
import { JobsRepository } from './jobs.repository.js';

/** How a job's run is to run again. */
export interface Again {
  /** The job; kept as it is until the transaction ends. */
  of: string;
  datasetIsReady: boolean;
  /** After its last persisted epoch, whose history comes with it. */
  fromCheckpoint: boolean;
  /** The version that it verifies; null for a retry. */
  verifies: string | null;
}

/** Starts the run of a job once more, as a job of its own. */
@Injectable()
export class JobAgain {
  constructor(
    private readonly jobs: JobsRepository,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
  ) {}

  async start(unit: UnitOfWork, again: Again): Promise<Job> {
    const { transaction } = unit;
    const id = newId('job');
    const { of, datasetIsReady, fromCheckpoint, verifies } = again;
    const { requestId = null, traceParent = null } = logContext();
    const values = [id, of, fromCheckpoint, datasetIsReady, requestId, verifies, traceParent];
    await transaction.query(INSERT_AGAIN, values);
    if (fromCheckpoint) await transaction.query(COPY_HISTORY, [id, of]);
    unit.afterCommit(() => void this.outbox.dispatchNow(id));
    return this.jobs.findIn(transaction, id);
  }
}
