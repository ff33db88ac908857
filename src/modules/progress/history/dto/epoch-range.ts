import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import type { EpochRange } from '../check-history.js';

/** More digits than these are not read as a number in a query. */
export const LAST_EPOCH = 999_999_999;

/** A number of an epoch, which may be left out. */
export function Epoch(description: string): PropertyDecorator {
  return wholeWithin(1, LAST_EPOCH, { description });
}

/** How many points are sent at most. */
export function MaxPoints(options: { description: string; default?: number }): PropertyDecorator {
  return wholeWithin(2, 10_000, options);
}

/** A whole number within bounds, which may be left out. */
export function wholeWithin(
  minimum: number,
  maximum: number,
  options: { description: string; default?: number },
): PropertyDecorator {
  return applyDecorators(
    MayBeAbsent(),
    IsInt(),
    Min(minimum),
    Max(maximum),
    ApiPropertyOptional({ type: 'integer', minimum, maximum, ...options }),
  );
}

export function boundsOf({ fromEpoch = 1, toEpoch = LAST_EPOCH }: EpochRange): { from: number; to: number } {
  return { from: fromEpoch, to: toEpoch };
}
