import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { newId } from '../../database/id.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { Slice, SliceRequest } from '../../http/page/slice.js';
import { DatasetsService } from '../datasets/datasets.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { planRun, type RunDraft } from './job-plan.js';
import { hasEnded, JobPhase, JobStatus } from './job-state.js';
import type { Job } from './job.entity.js';
import {
  JobInUseError,
  JobNotEditableError,
  JobNotEndedError,
  JobNotFoundError,
  ModelIdRequiredError,
  VersionNotHighestError,
} from './jobs.errors.js';
import type { JobFilters, JobStanding } from './job-rows.js';
import { JobsRepository } from './jobs.repository.js';
import { slugOf } from './slug.js';

export interface JobDraft extends RunDraft {
  name: string;
  description?: string;
  datasetId: string;
  modelId?: string;
}

export type JobChanges = Partial<JobDraft>;

@Injectable()
export class JobsService {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly jobs: JobsRepository,
    private readonly datasets: DatasetsService,
    private readonly quotas: QuotasService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async create(unit: UnitOfWork, tenantId: string, draft: JobDraft): Promise<Job> {
    const { name, description = '', datasetId, modelId = slugOf(name) } = draft;
    if (!modelId) throw new ModelIdRequiredError();
    const id = newId('job');
    const dataset = await this.datasets.hold(unit.transaction, tenantId, datasetId);
    const plan = planRun(id, draft, dataset, this.environment);
    this.quotas.assertEpochs(tenantId, plan.totalEpochs);
    await this.assertHighest(unit.transaction, tenantId, modelId, plan.wantedVersion);
    const job = await this.jobs.insert(unit.transaction, { id, tenantId, name, description, modelId, ...plan });
    const { modelType } = job;
    unit.afterCommit(() =>
      this.logger.log({ msg: 'Job created', jobId: id, datasetId, modelId, modelType, tenant: tenantId }),
    );
    return job;
  }

  /** As the transaction sees it, when there is one. */
  async get(tenantId: string, id: string, transaction?: EntityManager): Promise<Job> {
    const job = await this.jobs.find(tenantId, id, transaction);
    if (!job) throw new JobNotFoundError(id);
    return job;
  }

  /** How far it has come. */
  async standing(tenantId: string, id: string): Promise<JobStanding> {
    const standing = await this.jobs.standing(tenantId, id);
    if (!standing) throw new JobNotFoundError(id);
    return standing;
  }

  list(tenantId: string, filters: JobFilters, slice: SliceRequest): Promise<Slice<Job>> {
    return this.jobs.list(tenantId, filters, slice);
  }

  /** Changes a job that was not started yet. Hyperparameters, configuration, simulation and alerts replace what was there. */
  async update(tenantId: string, id: string, changes: JobChanges): Promise<Job> {
    for (;;) {
      const { datasetId } = await this.get(tenantId, id);
      const job = await this.revise(tenantId, id, { ...changes, datasetId: changes.datasetId ?? datasetId }, datasetId);
      if (!job) continue;
      this.logger.log({ msg: 'Job updated', jobId: id, tenant: tenantId });
      return job;
    }
  }

  /** Removes a job that has ended, with its history. Throws JobNotEndedError or JobInUseError. */
  async delete(tenantId: string, id: string): Promise<void> {
    await this.jobs.transaction(async (transaction) => {
      const job = await this.jobs.lock(transaction, tenantId, id);
      if (!job) throw new JobNotFoundError(id);
      if (!hasEnded(job.status)) throw new JobNotEndedError(id, job.status);
      const version = await this.jobs.numberTrainedBy(transaction, id);
      if (version !== null) throw new JobInUseError(id, job.status, version);
      await this.jobs.delete(transaction, id);
    });
    this.logger.log({ msg: 'Job deleted', jobId: id, tenant: tenantId });
  }

  private async assertHighest(transaction: EntityManager, tenantId: string, modelId: string, wanted: number[] | null) {
    const higher = wanted && (await this.jobs.notBelow(transaction, tenantId, modelId, wanted));
    if (higher) throw new VersionNotHighestError(modelId, wanted.join('.'), higher);
  }

  /**
   * The dataset is locked before the job, so it has to be known before: null says that another change has moved the
   * job from `expected` to another dataset meanwhile, and that it is to be tried again.
   */
  private revise(tenantId: string, id: string, changes: JobChanges & { datasetId: string }, expected: string) {
    return this.jobs.transaction(async (transaction) => {
      const dataset = await this.datasets.hold(transaction, tenantId, changes.datasetId);
      const current = await this.jobs.lock(transaction, tenantId, id);
      if (!current) throw new JobNotFoundError(id);
      if (current.status !== JobStatus.Pending || current.phase !== JobPhase.Created) {
        throw new JobNotEditableError(id, current.status);
      }
      if (current.datasetId !== expected) return null;
      const { name = current.name, description = current.description, modelId = current.modelId } = changes;
      const plan = planRun(id, runDraft(current, changes), dataset, this.environment);
      this.quotas.assertEpochs(tenantId, plan.totalEpochs);
      // One that was overtaken since it was asked for stands in the way of no other change.
      const isAskedFor = changes.version !== undefined || modelId !== current.modelId;
      if (isAskedFor) await this.assertHighest(transaction, tenantId, modelId, plan.wantedVersion);
      return this.jobs.revise(transaction, { id, tenantId, name, description, modelId, ...plan });
    });
  }
}

/** A set of hyperparameters belongs to its model type: another type without a set begins with its defaults. */
function runDraft(current: Job, changes: JobChanges): RunDraft {
  const { modelType = current.modelType } = changes;
  const kept = modelType === current.modelType ? current.hyperparameters : undefined;
  return {
    modelType,
    hyperparameters: changes.hyperparameters ?? kept,
    configuration: changes.configuration ?? {
      ...current.configuration,
      maxAttempts: current.maxAttempts,
      maxDurationMs: current.maxDurationMs ?? undefined,
    },
    priority: changes.priority ?? current.priority,
    versionBump: changes.versionBump ?? current.versionBump,
    version: changes.version ?? current.wantedVersion?.join('.'),
    simulation: changes.simulation ?? current.simulation ?? undefined,
    alerts: changes.alerts ?? current.alertSettings ?? undefined,
  };
}
