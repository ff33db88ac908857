import { Injectable } from '@nestjs/common';
import { JobNotFoundError } from '../../jobs/jobs.errors.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { JobNotBegunError } from './comparison.errors.js';
import { ComparisonRepository } from './comparison.repository.js';
import { alignedCurves, type Curves } from './curves.js';
import { allDifferences } from './differences.js';
import type { Subject } from './subject.js';
import { type ComparisonWarning, warningsOf } from './warnings.js';
import { type ComparedMetric, comparedMetrics } from './winners.js';

export interface Comparison {
  subjects: Subject[];
  differences: ReturnType<typeof allDifferences>;
  metrics: ComparedMetric[];
  curves: Curves;
  warnings: ComparisonWarning[];
}

/** Puts runs side by side. */
@Injectable()
export class ComparisonService {
  constructor(
    private readonly models: ModelsService,
    private readonly comparisons: ComparisonRepository,
  ) {}

  /** In the order of the numbers. Throws ModelNotFound- or VersionNotFoundError. */
  async versions(tenantId: string, modelId: string, numbers: readonly VersionNumber[]): Promise<Comparison> {
    const jobIds = await this.models.trainingsOf(tenantId, modelId, numbers);
    return this.compared(tenantId, await this.found(tenantId, jobIds));
  }

  /** In the order of the ids. Throws JobNotFound- or JobNotBegunError. */
  async jobs(tenantId: string, jobIds: readonly string[]): Promise<Comparison> {
    const subjects = await this.found(tenantId, jobIds);
    const early = subjects.find(({ begun }) => !begun);
    if (early) throw new JobNotBegunError(early.jobId, early.status);
    return this.compared(tenantId, subjects);
  }

  private async found(tenantId: string, jobIds: readonly string[]): Promise<Subject[]> {
    const found = await this.comparisons.subjects(tenantId, jobIds);
    const byId = new Map(found.map((subject) => [subject.jobId, subject]));
    return jobIds.map((id) => {
      const subject = byId.get(id);
      if (!subject) throw new JobNotFoundError(id);
      return subject;
    });
  }

  private async compared(tenantId: string, subjects: Subject[]): Promise<Comparison> {
    const jobIds = subjects.map(({ jobId }) => jobId);
    return {
      subjects,
      differences: allDifferences(subjects),
      metrics: comparedMetrics(subjects.map(({ metrics }) => metrics)),
      curves: alignedCurves(jobIds, await this.comparisons.curves(tenantId, jobIds)),
      warnings: warningsOf(subjects),
    };
  }
}
