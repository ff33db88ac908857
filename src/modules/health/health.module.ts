import { Module } from '@nestjs/common';
import { QueueModule } from '../../queue/queue.module.js';
import { HealthMonitor } from './health.monitor.js';
import { HealthRepository } from './health.repository.js';
import { HealthService } from './health.service.js';

@Module({
  imports: [QueueModule],
  providers: [HealthService, HealthRepository, HealthMonitor],
  exports: [HealthService],
})
export class HealthModule {}
