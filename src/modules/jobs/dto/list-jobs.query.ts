import { EnumFilter, IdFilter } from '../../../http/page/filters.js';
import { PageQuery } from '../../../http/page/page.query.js';
import { JobKind } from '../job-kind.js';
import { JobStatus } from '../job-state.js';
import { ModelType } from '../model-type.js';

export class ListJobsQuery extends PageQuery {
  @EnumFilter(JobStatus, 'JobStatus', 'Only jobs in this status.')
  status?: JobStatus[];

  @EnumFilter(JobKind, 'JobKind', 'Only jobs of this kind.')
  kind?: JobKind[];

  @EnumFilter(ModelType, 'ModelType', 'Only jobs with this model type.')
  modelType?: ModelType[];

  @IdFilter('Only jobs that learn from this dataset.')
  datasetId?: string[];

  @IdFilter('Only jobs that add to this model.')
  modelId?: string[];
}
