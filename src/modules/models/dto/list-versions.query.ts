import { EnumFilter } from '../../../http/page/filters.js';
import { PageQuery } from '../../../http/page/page.query.js';
import { VersionStatus } from '../version-state.js';

export class ListVersionsQuery extends PageQuery {
  @EnumFilter(VersionStatus, 'VersionStatus', 'Only versions in this status.')
  status?: VersionStatus[];
}
