import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsNumber } from 'class-validator';
import { decimal } from '../../../../http/page/decimal.js';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { MEASURED_NAMES, type MeasuredName } from '../../../jobs/metrics.js';
import type { MetricFilter } from '../conditions.js';

const SIDES = { gte: 'at least', lte: 'at most' } as const;
type Side = keyof typeof SIDES;

/** As it stands in the query. */
type BoundName = `metrics.${MeasuredName}[${Side}]`;

/** Gives a query's class two fields for each metric that versions can be judged by. */
export function MetricBounds(): ClassDecorator {
  return ({ prototype }) => {
    for (const metric of MEASURED_NAMES) {
      for (const side of ['gte', 'lte'] as const) Bound(metric, side)(prototype as object, nameOf(metric, side));
    }
  };
}

function Bound(metric: MeasuredName, side: Side): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => decimal(value)),
    MayBeAbsent(),
    IsNumber(),
    ApiPropertyOptional({ description: `Only where the final ${metric} is ${SIDES[side]} this.`, type: Number }),
  );
}

function nameOf(metric: MeasuredName, side: Side): BoundName {
  return `metrics.${metric}[${side}]`;
}

/** One entry a metric that is asked about; undefined where none is. */
export function boundsOf(query: object): MetricFilter[] | undefined {
  const given = query as Partial<Record<BoundName, number>>;
  const bounds = MEASURED_NAMES.map((metric) => ({
    metric,
    gte: given[nameOf(metric, 'gte')],
    lte: given[nameOf(metric, 'lte')],
  })).filter(({ gte, lte }) => gte !== undefined || lte !== undefined);
  return bounds.length > 0 ? bounds : undefined;
}
