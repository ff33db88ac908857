import type { FieldError } from '../../../errors/domain.error.js';
import { ValidationFailedError } from '../../../http/validation/validation.errors.js';
import { HistoryFormat } from './history-format.js';
import type { ThinningMethod } from './history.js';

export interface EpochRange {
  fromEpoch?: number;
  toEpoch?: number;
}

interface AskedHistory extends EpochRange {
  limit?: number;
  cursor?: string;
  maxPoints?: number;
  method?: ThinningMethod;
}

/** Points of one answer, of all its jobs together. */
const MOST_POINTS = 50_000;

/** Throws ValidationFailedError where the range ends before it begins, or for more points than one answer holds. */
export function checkQuery(asked: EpochRange & { jobIds: readonly string[] }, maxPoints: number): void {
  const errors = rangeErrors(asked);
  if (asked.jobIds.length * maxPoints > MOST_POINTS) {
    const detail = `All jobs together have at most ${MOST_POINTS} points.`;
    errors.push({ pointer: '/maxPoints', code: 'out_of_range', detail });
  }
  refuse(errors);
}

/** Throws ValidationFailedError where the range ends before it begins, or for parameters that exclude each other. */
export function checkHistory(asked: AskedHistory, format: HistoryFormat): void {
  const errors = rangeErrors(asked);
  const whole = pageless(asked.maxPoints, format);
  for (const name of ['limit', 'cursor'] as const) {
    if (whole && asked[name] !== undefined) errors.push(misplaced(name, whole));
  }
  if (asked.method !== undefined && asked.maxPoints === undefined) {
    errors.push(misplaced('method', 'method says how points are chosen, and needs maxPoints.'));
  }
  refuse(errors);
}

function pageless(maxPoints: number | undefined, format: HistoryFormat): string | undefined {
  if (maxPoints !== undefined) return 'With maxPoints the answer has no further pages.';
  if (format === HistoryFormat.Csv) return 'As CSV the whole range is sent, without pages.';
  return undefined;
}

function rangeErrors({ fromEpoch = 1, toEpoch = Infinity }: EpochRange): FieldError[] {
  if (fromEpoch <= toEpoch) return [];
  return [{ pointer: '/toEpoch', code: 'out_of_range', detail: 'toEpoch must not be less than fromEpoch.' }];
}

function misplaced(name: string, detail: string): FieldError {
  return { pointer: `/${name}`, code: 'not_allowed_value', detail };
}

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw new ValidationFailedError(errors);
}
