import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { withTimeLimit } from '../../queue/time-limit.js';
import { ModelFiles } from '../models/artefacts/model-files.js';

/** Milliseconds. */
const STOP_LIMIT_MS = 1_000;

/**
 * Reads every stored model file again now and then, so that a damaged one is known before it is needed. Apart from the
 * reconciler: a large file takes longer than what waits there may.
 */
@Injectable()
export class ModelFileWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ModelFileWatch.name);
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly files: ModelFiles,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.ARTIFACT_CHECK_INTERVAL_MS > 0) this.again();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.stop.abort();
    // A file system that does not answer must not keep the process from ending.
    await withTimeLimit(this.running, STOP_LIMIT_MS, 'The look at a model file').catch(() => {});
  }

  private again(): void {
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, this.environment.RECONCILE_INTERVAL_MS);
  }

  private async round(): Promise<void> {
    try {
      while (await this.next());
    } catch (error) {
      const reason = (error as Error).message;
      if (!this.stop.signal.aborted) this.logger.warn({ msg: 'Looking at model files failed, trying again', reason });
    }
    if (!this.stop.signal.aborted) this.again();
  }

  /** False: none is due. */
  private async next(): Promise<boolean> {
    this.stop.signal.throwIfAborted();
    const file = await this.files.nextDue(this.environment.ARTIFACT_CHECK_INTERVAL_MS);
    if (file) await this.files.inspect(file, this.stop.signal);
    return file !== null;
  }
}
