import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../chance.js';
import { Customer, type Request } from './customer.js';
import { JobLife } from './job-life.js';
import { Ledger } from './ledger.js';
import type { Member } from '../bed/member.js';
import type { Capabilities } from './capabilities.js';
import type { DatasetPlan } from './plan-datasets.js';
import type { JobPlan, LoadPlan } from './plan.js';
import type { Pace } from './pace.js';

/** Milliseconds. */
const MEND_AGAIN_MS = 400;

/** Plays the plan: every dataset and job by a client of its own, all at the pace of the faults. */
export class Load {
  readonly ledger = new Ledger();
  readonly customer: Customer;
  private readonly datasets = new Map<string, Promise<string | null>>();
  /** Nobody waits for anything any more. */
  isOver = false;

  constructor(
    readonly plan: LoadPlan,
    readonly apis: readonly Member[],
    readonly capabilities: Capabilities,
    private readonly chance: Chance,
    private readonly pace: Pace,
  ) {
    this.customer = new Customer(apis, this.ledger, chance.fork('customer'), () => this.isOver);
  }

  /** Resolves when every client has done what it came for. */
  async play(): Promise<void> {
    const mends = this.plan.datasets.map((dataset) => this.mend(dataset));
    await Promise.all([...this.plan.jobs.map((job) => this.live(job)), ...mends]);
  }

  /** Whoever still has no answer stops asking. */
  end(): void {
    this.isOver = true;
  }

  private async live(job: JobPlan): Promise<void> {
    const chance = this.chance.fork(job.key);
    await this.pace.reaches(job.arrival);
    await pause(chance.int(0, 1_500));
    const datasetId = await this.dataset(job.dataset);
    if (datasetId) await new JobLife(job, datasetId, this, chance).live();
  }

  /** Made when it is first needed, so that jobs come right behind it. */
  private dataset(key: string): Promise<string | null> {
    const known = this.datasets.get(key);
    if (known) return known;
    const { body } = this.plan.datasets.find((dataset) => dataset.key === key)!;
    const made = this.create('create-dataset', key, '/datasets', body);
    this.datasets.set(key, made);
    return made;
  }

  private async mend({ key, mend }: DatasetPlan): Promise<void> {
    if (!mend) return;
    await this.pace.reaches(mend.arrival);
    const id = await this.dataset(key);
    if (!id) return;
    for (;;) {
      const known = await this.customer.insist(this.mending(key, id, mend.body));
      if (known?.code !== 'dataset_immutable' || this.isOver || !(await this.customer.isProcessing(id))) return;
      // A worker is at it just now; what it will find is what was declared before.
      await pause(MEND_AGAIN_MS);
    }
  }

  private mending(key: string, id: string, body: unknown): Request {
    return { action: 'mend-dataset', key, method: 'PATCH', path: `/datasets/${id}`, body, id };
  }

  /** Creates something; when an answer got lost and the platform knows no idempotency keys, there may be two. */
  async create(action: string, key: string, path: string, body: unknown): Promise<string | null> {
    const request = { action, key, method: 'POST', path, body, ...this.keyed(`${action}-${key}`) } as const;
    const known = await this.customer.insist(request);
    return known?.status === 201 ? known.id : null;
  }

  /** For requests that shall be done once, however often they are sent. */
  keyed(idempotencyKey: string): { idempotencyKey?: string } {
    return this.capabilities.idempotencyKey ? { idempotencyKey } : {};
  }
}
