import { Module } from '@nestjs/common';
import { QueueModule } from '../../../queue/queue.module.js';
import { OperationsServer } from './operations-server.js';
import { Readiness } from './readiness.js';

/** For API and worker alike. */
@Module({ imports: [QueueModule], providers: [OperationsServer, Readiness], exports: [Readiness] })
export class OperationsModule {}
