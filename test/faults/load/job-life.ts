import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../chance.js';
import type { Known, Request } from './customer.js';
import type { Load } from './load.js';
import type { Intervention, JobPlan } from './plan.js';

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
    if (await this.start()) await Promise.all(interventions.map((entry) => this.intervene(entry)));
  }

  /** Whether it went on its way, as far as this client can tell. */
  private async start(): Promise<boolean> {
    switch (this.plan.start) {
      case 'never':
        return false;
      case 'twice-at-once':
        await this.everywhere('start');
        break;
      case 'repeated':
        await this.insist('start');
        await pause(this.chance.int(0, 800));
        break;
      default:
    }
    const known = await this.insist('start');
    return known !== null && known.code !== 'dataset_in_error';
  }

  private async intervene({ kind, afterMs, everywhere, resumeAfterMs }: Intervention): Promise<void> {
    await pause(afterMs);
    if (everywhere) await this.everywhere(kind);
    const known = await this.insist(kind);
    if (kind !== 'pause' || resumeAfterMs === undefined || !known || known.status >= 300) return;
    await pause(resumeAfterMs);
    await this.insist('resume');
  }

  private insist(action: string): Promise<Known | null> {
    return this.load.customer.insist(this.request(action));
  }

  private async everywhere(action: string): Promise<void> {
    await Promise.all(this.load.apis.map((api) => this.load.customer.ask({ ...this.request(action), api })));
  }

  private request(action: string): Request {
    return { action, key: this.plan.key, method: 'POST', path: `/jobs/${this.id}/${action}`, id: this.id };
  }
}
