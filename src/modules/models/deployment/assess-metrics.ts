import { BETTER } from '../../jobs/metrics.js';
import type { Facts } from './facts.js';
import type { AssessedCondition, MetricBound, MetricLoss } from './policy.js';

export function assessBound({ metric, min, max }: MetricBound, { metrics }: Facts): AssessedCondition {
  const wanted = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  const actual = metrics?.[metric];
  const bounds = [min !== undefined && `at least ${min}`, max !== undefined && `at most ${max}`];
  const demand = `it must be ${bounds.filter(Boolean).join(' and ')}`;
  if (actual === undefined) {
    return {
      condition: 'metric_bound',
      met: false,
      detail: `The version has no ${metric}; ${demand}.`,
      metric,
      wanted,
    };
  }
  const met = actual >= (min ?? -Infinity) && actual <= (max ?? Infinity);
  return { condition: 'metric_bound', met, detail: `${metric} is ${actual}; ${demand}.`, metric, actual, wanted };
}

/** Met where there is nothing to be worse than. */
export function assessLoss({ metric, by }: MetricLoss, { version, metrics, deployed }: Facts): AssessedCondition {
  const actual = metrics?.[metric];
  const found = { condition: 'no_worse' as const, metric, ...(actual !== undefined && { actual }) };
  if (!deployed) {
    return { ...found, met: true, detail: 'No version is deployed that it could be worse than.', wanted: { by } };
  }
  const standard = deployed.metrics?.[metric];
  const wanted = { by, deployedVersion: deployed.version, ...(standard !== undefined && { deployed: standard }) };
  if (deployed.version === version) {
    return { ...found, met: true, detail: `${version} is itself the version that is deployed.`, wanted };
  }
  if (standard === undefined) {
    return { ...found, met: true, detail: `The deployed version ${deployed.version} has no ${metric}.`, wanted };
  }
  const limit = `it must not be worse than that of ${deployed.version}, ${standard}, by more than ${by}`;
  if (actual === undefined) {
    return { ...found, met: false, detail: `The version has no ${metric}; ${limit}.`, wanted };
  }
  const loss = BETTER[metric] === 'higher' ? standard - actual : actual - standard;
  const met = loss <= by + roundingError(actual, standard);
  return { ...found, met, detail: `${metric} is ${actual}; ${limit}.`, wanted };
}

/** What subtracting two figures may be off by: 0.8 − 0.7 is a little more than 0.1. */
function roundingError(a: number, b: number): number {
  return 2 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b));
}
