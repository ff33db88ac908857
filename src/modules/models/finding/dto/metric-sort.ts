import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { MEASURED_NAMES } from '../../../jobs/metrics.js';
import type { MetricOrder } from '../conditions.js';

/** `-` in front: descending. */
const ORDERS: ReadonlyMap<string, MetricOrder> = new Map<string, MetricOrder>(
  MEASURED_NAMES.flatMap((metric): [string, MetricOrder][] => [
    [`metrics.${metric}`, { metric, descending: false }],
    [`-metrics.${metric}`, { metric, descending: true }],
  ]),
);

export function MetricSort(): PropertyDecorator {
  const values = [...ORDERS.keys()];
  return applyDecorators(
    MayBeAbsent(),
    IsIn(values),
    ApiPropertyOptional({
      description:
        'By a final metric: ascending, or with a `-` in front descending; without it last, ties by id. Of a model its best version by that metric counts, of those that meet the filters.',
      enum: values,
      enumName: 'MetricSort',
    }),
  );
}

/** Of a text that is known to be one of them. */
export function orderOf(sort: string): MetricOrder {
  return ORDERS.get(sort)!;
}
