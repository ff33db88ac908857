import { EnumFilter, IdFilter } from '../../../http/page/filters.js';
import { PageQuery } from '../../../http/page/page.query.js';
import { AlertKind } from '../../jobs/alerting/alert-kind.js';
import { AlertState } from '../alert-state.js';

export class ListAlertsQuery extends PageQuery {
  @EnumFilter(AlertState, 'AlertState', 'Alerts in this state.')
  state?: AlertState[];

  @EnumFilter(AlertKind, 'AlertKind', 'Alerts of this kind.')
  kind?: AlertKind[];

  @IdFilter('Alerts of this job.')
  jobId?: string[];
}
