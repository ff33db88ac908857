import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { type Slice, type SliceRequest, sliceOf } from '../../../http/page/slice.js';
import { BETTER } from '../../jobs/metrics.js';
import { ModelVersion } from '../model-version.entity.js';
import type { VersionStatus } from '../version-state.js';
import { asksForVersions, type Conditions, type MetricOrder } from './conditions.js';
import type { ModelSummary } from './found-model.js';
import { parameters } from './meets.statements.js';
import { modelsById, rankedModels } from './models.statements.js';
import { keyOf, placeOf, type Placed } from './place.js';
import { ONE_MODEL } from './summary.statements.js';
import { NEWEST_VERSIONS, RANKED_VERSIONS } from './versions.statements.js';

interface ModelRow extends ModelSummary, Placed {
  matchedId: string | null;
  matchedVersion: string | null;
  matchedStatus: VersionStatus;
  matchedValue?: number | null;
}

/** Models and versions by what versions are; pages are exact in every order. */
@Injectable()
export class FindingRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  async model(tenantId: string, id: string): Promise<ModelSummary | null> {
    const [model] = await this.source.query<ModelSummary[]>(ONE_MODEL, [tenantId, id]);
    return model ?? null;
  }

  /** By id, or by the metric of the best version that meets the conditions. */
  async models(tenantId: string, conditions: Conditions, slice: SliceRequest): Promise<Slice<ModelSummary>> {
    const { limit, after } = slice;
    const { sort } = conditions;
    const asked = [...parameters(tenantId, conditions), limit + 1];
    const summary = (row: ModelRow) => summaryOf(row, conditions);
    if (!sort) {
      const rows = await this.source.query<ModelRow[]>(modelsById(conditions), [...asked, after ?? null]);
      return sliceOf(rows.map(summary), limit);
    }
    const best = BETTER[sort.metric] === 'lower' ? 1 : -1;
    const rows = await this.source.query<ModelRow[]>(rankedModels(conditions, sort), [
      ...[...asked, sort.metric, best, direction(sort)],
      ...placeOf(after),
    ]);
    const { rows: kept, ...rest } = sliceOf(rows, limit, keyOf);
    return { rows: kept.map(summary), ...rest };
  }

  /** Newest first, or by a metric. */
  async versions(
    tenantId: string,
    modelId: string,
    conditions: Conditions,
    { limit, after }: SliceRequest,
  ): Promise<Slice<ModelVersion>> {
    const { sort } = conditions;
    const asked = [...parameters(tenantId, conditions), modelId, limit + 1];
    const found = sort
      ? await this.source.query<Placed[]>(RANKED_VERSIONS, [
          ...[...asked, sort.metric, direction(sort)],
          ...placeOf(after),
        ])
      : await this.source.query<Placed[]>(NEWEST_VERSIONS, [...asked, after ?? null]);
    const { rows, ...rest } = sliceOf(found, limit, sort ? keyOf : undefined);
    return { rows: await this.loaded(tenantId, rows), ...rest };
  }

  /** In the order of their ids here; one that was removed meanwhile is left out. */
  private async loaded(tenantId: string, found: Placed[]): Promise<ModelVersion[]> {
    const ids = found.map(({ id }) => id);
    const versions = await this.source.getRepository(ModelVersion).findBy({ tenantId, id: In(ids) });
    const byId = new Map(versions.map((version) => [version.id, version]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

function direction({ descending }: MetricOrder): number {
  return descending ? -1 : 1;
}

function summaryOf(row: ModelRow, conditions: Conditions): ModelSummary {
  const { matchedId, matchedVersion, matchedStatus, matchedValue, key: _, ...model } = row;
  if (matchedId === null || !asksForVersions(conditions)) return model;
  const measured = conditions.sort &&
    typeof matchedValue === 'number' && { metric: conditions.sort.metric, value: matchedValue };
  return { ...model, matched: { id: matchedId, version: matchedVersion, status: matchedStatus, ...measured } };
}
