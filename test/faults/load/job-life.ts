import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../chance.js';
import type { Request } from './customer.js';
import type { Load } from './load.js';
import type { Intervention, JobPlan } from './plan.js';
import { VersionLife } from './version-life.js';

/** What one client does with its job: create, start, interfere. */
export class JobLife {
  private id = '';

  constructor(
    private readonly plan: JobPlan,
    private readonly datasetId: string,
    private readonly load: Load,
    private readonly chance: Chance,
  ) {}

  async live(): Promise<void> {
    const { key, body, interventions } = this.plan;
    const id = await this.load.create('create-job', key, '/jobs', { ...body, datasetId: this.datasetId });
    if (id === null) return;
    this.id = id;
    if (!(await this.start())) return;
    await Promise.all(interventions.map((entry) => this.intervene(entry)));
    if (this.plan.retry && (await this.endsBadly())) await this.retry(this.plan.retry);
    if (this.plan.afterwards.length > 0) await new VersionLife(this.plan, this.id, this.load, this.chance).live();
  }

  /** Whether it went on its way, as far as this client can tell. */
  private async start(): Promise<boolean> {
    const { key, start } = this.plan;
    const request = { ...this.request('start'), ...(start === 'repeated' ? {} : this.load.keyed(`start-${key}`)) };
    switch (start) {
      case 'never':
        return false;
      case 'twice-at-once':
        await this.everywhere(request);
        break;
      case 'repeated':
        await this.load.customer.insist(request);
        await pause(this.chance.int(0, 800));
        break;
      default:
    }
    const known = await this.load.customer.insist(request);
    return known !== null && known.code !== 'dataset_in_error';
  }

  private async intervene({ kind, afterMs, everywhere, resumeAfterMs }: Intervention): Promise<void> {
    await pause(afterMs);
    if (everywhere) await this.everywhere(this.request(kind));
    const known = await this.load.customer.insist(this.request(kind));
    if (kind !== 'pause' || resumeAfterMs === undefined || !known || known.status >= 300) return;
    await pause(resumeAfterMs);
    await this.load.customer.insist(this.request('resume'));
  }

  /** Waits for the end. False as well when the platform does not tell in time. */
  private async endsBadly(): Promise<boolean> {
    for (;;) {
      const status = await this.load.customer.statusOf(`/jobs/${this.id}`);
      if (status === 'failed' || status === 'cancelled') return true;
      if (status === 'completed' || this.load.isOver) return false;
      await pause(this.chance.int(400, 900));
    }
  }

  private async retry(from: string): Promise<void> {
    const once = this.load.keyed(`retry-${this.plan.key}`);
    await this.load.customer.insist({ ...this.request('retry'), body: { from }, ...once });
  }

  private async everywhere(request: Request): Promise<void> {
    await Promise.all(this.load.apis.map((api) => this.load.customer.ask({ ...request, api })));
  }

  private request(action: string): Request {
    return { action, key: this.plan.key, method: 'POST', path: `/jobs/${this.id}/${action}`, id: this.id };
  }
}
