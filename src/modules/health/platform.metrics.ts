import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import { TALLIED } from '../../database/tallies/tallies.statements.js';
import { beforeScrape, gauge } from '../../metrics/registry.js';
import { withTimeLimit } from '../../queue/time-limit.js';
import { DatasetStatus } from '../datasets/dataset-state.js';
import { JobPhase } from '../jobs/job-state.js';
import { IS_ALIVE } from '../workers/worker-state.js';
import { HealthStatus } from './health-state.js';
import { HealthService } from './health.service.js';

/** What the rows say of the platform as a whole; every API tells the same. */
const datasets = gauge({ name: 'datasets', help: 'Datasets of all tenants.', labels: ['status'] });
const jobs = gauge({ name: 'jobs_unfinished', help: 'Jobs of all tenants that have not ended.', labels: ['phase'] });
const waiting = gauge({ name: 'queue_jobs', help: 'Jobs that wait for a worker.' });
const oldest = gauge({
  name: 'queue_oldest_age_seconds',
  help: 'How long the first of them has waited; 0: none waits.',
});
const workers = gauge({ name: 'workers_alive', help: 'Worker processes that were seen in the last 15 seconds.' });
const slots = gauge({ name: 'worker_slots', help: 'Runs that they can train at once.' });
const healthy = gauge({
  name: 'component_healthy',
  help: '1: the part of the platform is healthy, 0: it is not.',
  labels: ['component'],
});

/** Milliseconds for which an answer is good: several may scrape, and often. */
const GOOD_FOR_MS = 5_000;
const TIME_LIMIT_MS = 2_000;

interface Numbers {
  datasets: Record<string, number>;
  jobs: Record<string, number>;
  oldest: number;
  workers: number;
  slots: number;
}

export const NUMBERS = {
  name: 'platform-metrics',
  text: `
    SELECT
      (
        SELECT coalesce(json_object_agg(status, number), '{}')
        FROM (
          SELECT split_part(name, ' ', 2) AS status, sum(number) AS number
          FROM ${TALLIED} WHERE name LIKE 'datasets %' GROUP BY 1
        ) AS counted
      ) AS datasets,
      (
        SELECT coalesce(json_object_agg(phase, number), '{}') FROM (
          SELECT phase, count(*) AS number FROM training_jobs WHERE status IN ('pending', 'running') GROUP BY phase
        ) AS counted
      ) AS jobs,
      (
        SELECT coalesce(extract(epoch FROM clock_timestamp() - min(enqueued_at)), 0)::float8
        FROM training_jobs WHERE status = 'pending' AND phase = 'queued'
      ) AS oldest,
      (SELECT count(*)::int FROM workers WHERE ${IS_ALIVE}) AS workers,
      (SELECT coalesce(sum(capacity), 0)::int FROM workers WHERE ${IS_ALIVE}) AS slots`,
};

/** Reads the numbers before a scrape, at most every few seconds. Those that cannot be had are left out. */
@Injectable()
export class PlatformMetrics implements OnModuleInit {
  private reading: Promise<void> | undefined;
  private readAt = -Infinity;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly health: HealthService,
  ) {}

  onModuleInit(): void {
    beforeScrape(() => this.fresh());
  }

  private async fresh(): Promise<void> {
    if (performance.now() - this.readAt < GOOD_FOR_MS) return;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    await this.reading;
  }

  private async read(): Promise<void> {
    await Promise.all([this.readHealth(), this.readRows()]);
    this.readAt = performance.now();
  }

  private async readHealth(): Promise<void> {
    const { components } = await this.health.assessShared();
    for (const [component, { status }] of Object.entries(components)) {
      healthy.set({ component }, status === HealthStatus.Healthy ? 1 : 0);
    }
  }

  private async readRows(): Promise<void> {
    try {
      const { rows } = await withTimeLimit(this.pool.query<Numbers>(NUMBERS), TIME_LIMIT_MS, 'Counting');
      this.tell(rows[0]!);
    } catch {
      // A gauge without labels that is reset says 0, which would be an answer.
      for (const one of [waiting, oldest, workers, slots]) one.remove();
      for (const one of [datasets, jobs]) one.reset();
    }
  }

  private tell(numbers: Numbers): void {
    for (const status of Object.values(DatasetStatus)) datasets.set({ status }, numbers.datasets[status] ?? 0);
    for (const phase of Object.values(JobPhase)) jobs.set({ phase }, numbers.jobs[phase] ?? 0);
    waiting.set(numbers.jobs[JobPhase.Queued] ?? 0);
    oldest.set(numbers.oldest);
    workers.set(numbers.workers);
    slots.set(numbers.slots);
  }
}
