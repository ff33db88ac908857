import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Job } from '../../jobs/job.entity.js';
import type { Dataset } from '../../datasets/dataset.entity.js';
import { CURVE, DEPLOYED, RETRIED } from './card.statements.js';
import type { CurveSummary, DeploymentsSummary, RetriedJob } from './model-card.js';

/** Jobs of a chain of retries that a card lists. */
const MOST_RETRIED = 100;

/** Null is what SQL has for absent. */
type Nullable<T> = { [Name in keyof T]: T[Name] | null };
type LastDeployment = NonNullable<DeploymentsSummary['last']>;

/** What a card is made of, beside the version itself. */
@Injectable()
export class CardRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** With its dataset; both stay as long as a numbered version rests on them. */
  async job(tenantId: string, id: string): Promise<Job & { dataset: Dataset }> {
    const job = await this.source.getRepository(Job).findOneOrFail({
      where: { tenantId, id },
      relations: { dataset: true },
    });
    return job as Job & { dataset: Dataset };
  }

  async curve(tenantId: string, jobId: string): Promise<CurveSummary> {
    const [curve] = await this.source.query<[Nullable<CurveSummary>]>(CURVE, [tenantId, jobId]);
    return withoutNulls(curve);
  }

  /** The latest first. */
  async retried(tenantId: string, jobId: string): Promise<RetriedJob[]> {
    const rows = await this.source.query<Nullable<RetriedJob>[]>(RETRIED, [tenantId, jobId, MOST_RETRIED]);
    return rows.map(withoutNulls<RetriedJob>);
  }

  async deployments(tenantId: string, modelId: string, versionId: string): Promise<DeploymentsSummary> {
    const values = [tenantId, modelId, versionId];
    const [last] = await this.source.query<(Nullable<LastDeployment> & { count: number })[]>(DEPLOYED, values);
    if (!last) return { count: 0 };
    const { count, ...deployment } = last;
    return { count, last: withoutNulls<LastDeployment>(deployment) };
  }
}

function withoutNulls<T extends object>(row: Nullable<T>): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T;
}
