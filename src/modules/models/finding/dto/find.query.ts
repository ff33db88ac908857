import { EnumFilter } from '../../../../http/page/filters.js';
import { PageQuery } from '../../../../http/page/page.query.js';
import { ModelType } from '../../../jobs/model-type.js';
import { VersionStatus } from '../../version-state.js';
import type { Conditions } from '../conditions.js';
import { parseLabels } from '../label-filter.js';
import { LabelFilter } from './label-filter.decorator.js';
import { boundsOf, MetricBounds } from './metric-bounds.js';
import { MetricSort, orderOf } from './metric-sort.js';

/** What lists of versions, and of models by their versions, accept. */
@MetricBounds()
export class FindQuery extends PageQuery {
  @EnumFilter(ModelType, 'ModelType', 'Only versions whose job had this model type.')
  modelType?: ModelType[];

  @EnumFilter(VersionStatus, 'VersionStatus', 'Only versions in this status.')
  status?: VersionStatus[];

  @LabelFilter()
  label?: string[];

  @MetricSort()
  sort?: string;

  static conditions(query: FindQuery): Conditions {
    const { modelType, status, label, sort } = query;
    return {
      modelType,
      status,
      bounds: boundsOf(query),
      labels: label && inOneOrder(label.map((text) => parseLabels(text)!)),
      sort: sort === undefined ? undefined : orderOf(sort),
    };
  }
}

/** Those of a cursor were perhaps written otherwise. */
function inOneOrder<T>(conditions: T[]): T[] {
  const texts = new Set(conditions.map((condition) => JSON.stringify(condition)));
  return [...texts].toSorted().map((text) => JSON.parse(text) as T);
}
