import type { FieldError } from '../../../errors/domain.error.js';
import { ValidationFailedError } from '../../../http/validation/validation.errors.js';
import type { DeploymentPolicy, MetricBound } from './policy.js';

/** Throws ValidationFailedError where a bound of a metric asks for nothing, or for what cannot be. */
export function assertBounds({ metrics = [] }: DeploymentPolicy): void {
  const errors = metrics.flatMap(faultsOf);
  if (errors.length > 0) throw new ValidationFailedError(errors);
}

function faultsOf({ min, max }: MetricBound, index: number): FieldError[] {
  if (min === undefined && max === undefined) {
    return [{ pointer: `/metrics/${index}/min`, code: 'required', detail: 'One of min and max is required.' }];
  }
  if (min === undefined || max === undefined || min <= max) return [];
  const detail = `max must not be less than min, ${min}.`;
  return [{ pointer: `/metrics/${index}/max`, code: 'out_of_range', detail }];
}
