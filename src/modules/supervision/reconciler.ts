import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { remedyFor } from '../../database/remedy.js';
import { counter } from '../../metrics/registry.js';
import type { Sweeps } from '../../queue/sweep.js';
import { ContentSweeps } from '../processing/content.sweeps.js';
import { DatasetSweeps } from '../processing/dataset.sweeps.js';
import { JobSweeps } from '../training/job.sweeps.js';
import { IdempotencySweeps } from './idempotency.sweeps.js';
import { ModelFileSweeps } from './model-file.sweeps.js';
import { OutageMemory } from './outage-memory.js';
import { TallySweeps } from './tally.sweeps.js';

const repairs = counter({
  name: 'reconciled_rows_total',
  help: 'Rows that the reconciler of this worker has settled, by what was the matter; workersLost: recoveries.',
  labels: ['sweep'],
});

/** Milliseconds that one round may take while a queue does not answer, or on a machine that is busy. */
const SLOW_ROUND_MS = 10_000;

/** Runs in every worker, every few seconds: repairs what died between a commit and the queue, or while training. */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Reconciler.name);
  private readonly outages: OutageMemory;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly datasets: DatasetSweeps,
    private readonly jobs: JobSweeps,
    private readonly idempotency: IdempotencySweeps,
    private readonly content: ContentSweeps,
    private readonly modelFiles: ModelFileSweeps,
    private readonly tallies: TallySweeps,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    const { LEASE_MS, RECONCILE_INTERVAL_MS } = environment;
    // A round that is merely slow, on a busy machine, must not pass for an outage: nobody would ever be declared lost.
    this.outages = new OutageMemory(LEASE_MS, Math.max(LEASE_MS / 2, 2 * RECONCILE_INTERVAL_MS + SLOW_ROUND_MS));
  }

  onApplicationBootstrap(): void {
    this.running = this.round();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** The rows first: they do not depend on a queue that may not answer. */
  private async round(): Promise<void> {
    const settling = { ...this.datasets.settling(), ...this.jobs.settling(() => this.outages.isRecent()) };
    const settled = await this.each(settling, () => this.outages.failed());
    if (settled) this.outages.answered();
    const tidying = {
      ...this.idempotency.forgetting(),
      ...this.content.tidying(),
      ...this.modelFiles.tidying(),
      ...this.tallies.adding(),
    };
    await this.each({ ...this.datasets.feeding(), ...this.jobs.feeding(), ...tidying });
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, this.environment.RECONCILE_INTERVAL_MS);
  }

  /** Each on its own: one that fails keeps no other from its work. False when none succeeded. */
  private async each(sweeps: Sweeps, onFailure = () => {}): Promise<boolean> {
    const repaired: Record<string, number> = {};
    let succeeded = false;
    for (const [name, sweep] of Object.entries(sweeps)) {
      try {
        const rows = await sweep();
        if (rows > 0) repaired[name] = rows;
        repairs.inc({ sweep: name }, rows);
        succeeded = true;
      } catch (error) {
        if (remedyFor(error) === 'retry') onFailure();
        this.logger.warn({ msg: 'Reconciling failed, trying again', sweep: name, reason: (error as Error).message });
      }
    }
    if (Object.keys(repaired).length > 0) this.logger.log({ msg: 'Reconciled', ...repaired });
    return succeeded;
  }
}
