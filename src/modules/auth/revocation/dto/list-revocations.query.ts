import { IdFilter } from '../../../../http/page/filters.js';
import { PageQuery } from '../../../../http/page/page.query.js';

export class ListRevocationsQuery extends PageQuery {
  @IdFilter('Revocations of the tokens of this subject alone; those of everyone have none.')
  subject?: string[];
}
