import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HealthService } from './health.service.js';

const INTERVAL_MS = 10_000;

/** Looks at the platform's health now and then, so that a change is logged although nobody asks. */
@Injectable()
export class HealthMonitor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly health: HealthService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.health.assessShared(), INTERVAL_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
