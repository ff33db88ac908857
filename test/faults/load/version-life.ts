import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../chance.js';
import type { Load } from './load.js';
import type { Afterwards, JobPlan } from './plan.js';

/** What one client does with the version that its job makes: has it verified, deploys it, goes back again. */
export class VersionLife {
  constructor(
    private readonly plan: JobPlan,
    private readonly jobId: string,
    private readonly load: Load,
    private readonly chance: Chance,
  ) {}

  async live(): Promise<void> {
    const version = await this.version();
    if (version === undefined) return;
    for (const action of this.plan.afterwards) {
      await pause(this.chance.int(0, 600));
      await this.ask(action, version);
    }
  }

  /** Its number, once the job has completed; undefined when it did not, or nobody tells in time. */
  private async version(): Promise<string | undefined> {
    for (;;) {
      const job = await this.load.customer.look(`/jobs/${this.jobId}`);
      if (job?.status === 'completed') return job.version;
      if (job?.status === 'failed' || job?.status === 'cancelled' || this.load.isOver) return undefined;
      await pause(this.chance.int(400, 900));
    }
  }

  private async ask(action: Afterwards, version: string): Promise<void> {
    const { key, body } = this.plan;
    const model = `/models/${String(body.modelId)}`;
    const path = action === 'rollback' ? `${model}/rollback` : `${model}/versions/${version}/${action}`;
    // Any client's order, so that the history tells whose it was.
    const reason = action === 'verify' ? {} : { body: { reason: `${action}-${key}` } };
    const once = this.load.keyed(`${action}-${key}`);
    await this.load.customer.insist({ action, key, method: 'POST', path, id: this.jobId, ...reason, ...once });
  }
}
