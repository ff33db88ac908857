import { BETTER, MEASURED_NAMES, type MeasuredName, type Metrics } from '../../jobs/metrics.js';

export interface ComparedMetric {
  metric: MeasuredName;
  better: 'higher' | 'lower';
  /** In the order of the subjects; null where there is none. */
  values: (number | null)[];
  /** Places of the subjects with the best value, all that share it; of those that have one. */
  winners: number[];
}

/** The metrics that at least one subject has. */
export function comparedMetrics(measured: readonly (Metrics | null)[]): ComparedMetric[] {
  return MEASURED_NAMES.map((metric) => compared(metric, measured)).filter(({ winners }) => winners.length > 0);
}

function compared(metric: MeasuredName, measured: readonly (Metrics | null)[]): ComparedMetric {
  const values = measured.map((metrics) => finite(metrics?.[metric]));
  const better = BETTER[metric];
  const known = values.filter((value) => value !== null);
  const best = better === 'higher' ? Math.max(...known) : Math.min(...known);
  return { metric, better, values, winners: values.flatMap((value, place) => (value === best ? [place] : [])) };
}

/** A run that diverged has measurements that are no numbers: as good as none. */
export function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
