import { Module } from '@nestjs/common';
import { QueueModule } from '../../queue/queue.module.js';
import { HealthMonitor } from './health.monitor.js';
import { HealthRepository } from './health.repository.js';
import { OperationsModule } from './operations/operations.module.js';
import { PlatformMetrics } from './platform.metrics.js';
import { HealthService } from './health.service.js';

@Module({
  imports: [QueueModule, OperationsModule],
  providers: [HealthService, HealthRepository, HealthMonitor, PlatformMetrics],
  exports: [HealthService, OperationsModule],
})
export class HealthModule {}
