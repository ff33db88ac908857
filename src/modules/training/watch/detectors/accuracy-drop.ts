import type { AlertSettings } from '../../../jobs/alerting/alert-settings.js';
import type { Point } from '../point.js';
import { type Detector, type Finding, shown } from './detector.js';
import { LastValues, mean, noiseOf } from './last-values.js';

const SMOOTHED = 3;
const REMEMBERED = 20;
/** A drop has to stand out from the noise of the mean by so many standard deviations. */
const SIGNIFICANCE = 5;

/** The accuracy has fallen below its best. */
export class AccuracyDropDetector implements Detector {
  private readonly accuracies = new LastValues(REMEMBERED);
  private best = 0;

  constructor(private readonly settings: Pick<AlertSettings['accuracyDrop'], 'drop'>) {}

  look({ accuracy }: Point): Finding | null {
    if (accuracy === null || !Number.isFinite(accuracy)) return null;
    this.accuracies.add(accuracy);
    const { values } = this.accuracies;
    if (values.length < SMOOTHED) return null;
    const now = mean(values.slice(-SMOOTHED));
    this.best = Math.max(this.best, now);
    const { best } = this;
    const noise = (SIGNIFICANCE * noiseOf(values)) / Math.sqrt(SMOOTHED);
    const limit = best - this.settings.drop - noise;
    const sign = now < limit ? 'bad' : now > (limit + best) / 2 ? 'good' : 'unsure';
    const detail = () => `The accuracy is ${shown(now)}; it was ${shown(best)} at its best.`;
    return { sign, observed: now, limit, detail };
  }
}
