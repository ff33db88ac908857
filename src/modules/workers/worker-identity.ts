import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { newId } from '../../database/id.js';

/** Who this worker process is, for leases and for the list of living workers. A new one at each start. */
@Injectable()
export class WorkerIdentity {
  readonly id = newId('worker');
  readonly host = hostname();
  /** Runs it trains at once. */
  readonly capacity: number;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.capacity = environment.WORKER_CONCURRENCY;
  }
}
