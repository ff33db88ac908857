import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { directDatabaseUrl, ENVIRONMENT, type Environment } from '../../config/environment.js';
import { Listener } from '../../database/listener.js';
import { CONTROL_CHANNEL } from '../../queue/queues.js';
import { ActiveRuns } from './active-runs.js';
import { RunProtocol } from './run.protocol.js';

/** Stops a run promptly when a cancel or a pause is notified. Without it the run's next write would find out. */
@Injectable()
export class ControlWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ControlWatch.name);
  private readonly listener: Listener;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly protocol: RunProtocol,
    private readonly active: ActiveRuns,
  ) {
    this.listener = new Listener(directDatabaseUrl(environment) ?? '', [CONTROL_CHANNEL], {
      onNotification: (jobId) => void this.look(this.active.ids().filter((id) => id === jobId)),
      // What was asked for while nobody listened.
      onConnected: () => void this.look(this.active.ids()),
      onLost: (reason) => this.logger.warn({ msg: 'No word of cancels and pauses for the moment', reason }),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.listener.connect();
  }

  onApplicationShutdown(): Promise<void> {
    return this.listener.close();
  }

  /** The row says what was asked for, and whether it still is. */
  private async look(jobIds: string[]): Promise<void> {
    if (jobIds.length === 0) return;
    try {
      for (const { id, cause } of await this.protocol.askedToStop(jobIds)) this.active.stop(id, cause);
    } catch (error) {
      this.logger.warn({ msg: 'Cancels and pauses not looked at', reason: (error as Error).message });
    }
  }
}
