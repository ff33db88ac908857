import { type AlertRule, RuleKind, RuleMetric } from '../../../jobs/alerting/alert-settings.js';
import type { Point } from '../point.js';
import { type Detector, type Finding, shown } from './detector.js';
import { LastValues, mean } from './last-values.js';

const MEASURES: Readonly<Record<RuleMetric, (point: Point) => number | null>> = {
  [RuleMetric.Loss]: ({ loss }) => loss,
  [RuleMetric.ValidationLoss]: ({ validationLoss }) => validationLoss,
  [RuleMetric.Accuracy]: ({ accuracy }) => accuracy,
  [RuleMetric.LearningRate]: ({ learningRate }) => learningRate,
  [RuleMetric.EpochDuration]: ({ durationMs }) => durationMs,
};

/** A rule of a job's own: a measurement, its change or its deviation lies above or below a bound. */
export class RuleDetector implements Detector {
  private readonly past: LastValues;

  constructor(private readonly rule: AlertRule) {
    this.past = new LastValues(rule.window);
  }

  look(point: Point): Finding | null {
    const value = MEASURES[this.rule.metric](point);
    if (value === null || !Number.isFinite(value)) return null;
    const measured = this.measured(value);
    this.past.add(value);
    if (measured === null || Number.isNaN(measured)) return null;
    const { metric, kind, above = Infinity, below = -Infinity } = this.rule;
    const limit = measured > above ? above : measured < below ? below : Number.isFinite(above) ? above : below;
    const sign = measured > above || measured < below ? 'bad' : 'good';
    const what = kind === RuleKind.Threshold ? metric : `${NAMES[kind]} of ${metric}`;
    const side = limit === above ? 'above' : 'below';
    return { sign, observed: measured, limit, detail: () => `${what} is ${shown(measured)}, ${side} ${shown(limit)}.` };
  }

  /** Null while there is too little to compare with. */
  private measured(value: number): number | null {
    const { kind } = this.rule;
    const { values, isFull } = this.past;
    if (kind === RuleKind.Threshold) return value;
    if (!isFull) return null;
    if (kind === RuleKind.Change) return share(value - values[0]!, Math.abs(values[0]!));
    // The mean of equal values may miss them by a rounding.
    if (values.every((past) => past === values[0])) return share(value - values[0]!, 0);
    const middle = mean(values);
    // Of a sample (Bessel's correction).
    const deviation = Math.sqrt(values.reduce((sum, past) => sum + (past - middle) ** 2, 0) / (values.length - 1));
    return share(value - middle, deviation);
  }
}

/** Any difference from what never varies is infinitely many times that. */
function share(difference: number, of: number): number {
  return difference === 0 ? 0 : difference / of;
}

const NAMES: Readonly<Record<Exclude<RuleKind, RuleKind.Threshold>, string>> = {
  [RuleKind.Change]: 'the change',
  [RuleKind.ZScore]: 'the z-score',
};
