import { EnumFilter } from '../../../http/page/filters.js';
import { PageQuery } from '../../../http/page/page.query.js';
import { DatasetStatus } from '../dataset-state.js';
import { DatasetType } from '../dataset-type.js';

export class ListDatasetsQuery extends PageQuery {
  @EnumFilter(DatasetType, 'DatasetType', 'Only datasets of this type.')
  type?: DatasetType[];

  @EnumFilter(DatasetStatus, 'DatasetStatus', 'Only datasets in this status.')
  status?: DatasetStatus[];
}
