import { BETTER, MEASURED_NAMES, type MeasuredName, type Measures } from '../../jobs/metrics.js';

export interface ComparedMetric {
  metric: MeasuredName;
  better: 'higher' | 'lower';
  /** In the order of the subjects; null where there is none. */
  values: (number | null)[];
  /** Places of the subjects with the best value, all that share it; none where only one has a value. */
  winners: number[];
}

/** The metrics that at least one subject has. */
export function comparedMetrics(measured: readonly (Measures | null)[]): ComparedMetric[] {
  return MEASURED_NAMES.map((metric) => compared(metric, measured)).filter(({ values }) =>
    values.some((value) => value !== null),
  );
}

function compared(metric: MeasuredName, measured: readonly (Measures | null)[]): ComparedMetric {
  const values = measured.map((metrics) => finite(metrics?.[metric]));
  const better = BETTER[metric];
  const known = values.filter((value) => value !== null);
  const best = better === 'higher' ? Math.max(...known) : Math.min(...known);
  const winners = known.length < 2 ? [] : values.flatMap((value, place) => (value === best ? [place] : []));
  return { metric, better, values, winners };
}

/** A run that diverged has measurements that are no numbers: as good as none. */
export function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
