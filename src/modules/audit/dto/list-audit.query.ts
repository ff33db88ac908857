import { IdFilter } from '../../../http/page/filters.js';
import { PageQuery } from '../../../http/page/page.query.js';

export class ListAuditQuery extends PageQuery {
  @IdFilter('Changes by this subject of a token.')
  actor?: string[];

  @IdFilter('Changes by this operation, as `models_deploy`.')
  action?: string[];

  @IdFilter('Changes of this kind of thing: `dataset`, `job`, `model`, `version`, `deployment`, `alert`, `revocation`.')
  resource?: string[];

  @IdFilter('Changes of the thing with this id.')
  resourceId?: string[];
}
