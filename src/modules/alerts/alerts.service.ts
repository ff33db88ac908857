import { Injectable, Logger } from '@nestjs/common';
import type { Slice, SliceRequest } from '../../http/page/slice.js';
import type { Principal } from '../../http/principal.js';
import { JobsService } from '../jobs/jobs.service.js';
import { AlertState } from './alert-state.js';
import type { Alert } from './alert.entity.js';
import { AlertNotFoundError, AlertResolvedError } from './alerts.errors.js';
import { type AlertFilters, AlertsRepository } from './alerts.repository.js';

/** What was raised about runs, and who has seen it. */
@Injectable()
export class AlertsService {
  private readonly logger = new Logger('Alerts');

  constructor(
    private readonly alerts: AlertsRepository,
    private readonly jobs: JobsService,
  ) {}

  /** Throws AlertNotFoundError. */
  async get(tenantId: string, id: string): Promise<Alert> {
    const alert = await this.alerts.find(tenantId, id);
    if (!alert) throw new AlertNotFoundError(id);
    return alert;
  }

  /** Newest first. */
  list(tenantId: string, filters: AlertFilters, request: SliceRequest): Promise<Slice<Alert>> {
    return this.alerts.list(tenantId, filters, request);
  }

  /** Newest first. Throws JobNotFoundError. */
  async ofJob(tenantId: string, jobId: string, request: SliceRequest): Promise<Slice<Alert>> {
    await this.jobs.get(tenantId, jobId);
    return this.alerts.list(tenantId, { jobId: [jobId] }, request);
  }

  /** Whoever was first stays on record. Throws AlertNotFoundError or AlertResolvedError. */
  async acknowledge({ tenant, sub }: Principal, id: string, note: string | null): Promise<Alert> {
    const { state, jobId } = await this.get(tenant, id);
    if (state === AlertState.Firing) await this.alerts.acknowledge(tenant, id, sub, note);
    const alert = await this.get(tenant, id);
    // It may have resolved meanwhile, acknowledged or not.
    if (alert.state === AlertState.Resolved) throw new AlertResolvedError(id);
    if (state === AlertState.Firing)
      this.logger.log({ msg: 'Alert acknowledged', alertId: id, jobId, by: sub, tenant });
    return alert;
  }
}
