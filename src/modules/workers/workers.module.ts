import { Module } from '@nestjs/common';
import { WorkerIdentity } from './worker-identity.js';
import { WorkerLiveness } from './worker-liveness.js';

/** Worker side: this process as others see it. */
@Module({
  providers: [WorkerIdentity, WorkerLiveness],
  exports: [WorkerIdentity],
})
export class WorkersModule {}
