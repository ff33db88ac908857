import type { AlertSettings } from '../../../jobs/alerting/alert-settings.js';
import type { Point } from '../point.js';
import { type Detector, type Finding, shown } from './detector.js';
import { LastValues, mean, noiseOf } from './last-values.js';

/** Epochs whose mean is looked at. */
const SMOOTHED = 3;
/** Epochs that the noise is taken from. */
const REMEMBERED = 20;
/** A rise has to stand out from the noise of the mean by so many standard deviations. */
const SIGNIFICANCE = 5;

/** The validation loss has risen above its best while the training loss has not. */
export class OverfittingDetector implements Detector {
  private readonly validation = new LastValues(REMEMBERED);
  private readonly training = new LastValues(SMOOTHED);
  private best = Infinity;
  private trainingAtBest = Infinity;

  constructor(private readonly settings: Pick<AlertSettings['overfitting'], 'rise'>) {}

  look({ loss, validationLoss }: Point): Finding | null {
    if (!Number.isFinite(loss) || !Number.isFinite(validationLoss)) return null;
    this.validation.add(validationLoss);
    this.training.add(loss);
    if (!this.training.isFull) return null;
    const now = mean(this.validation.values.slice(-SMOOTHED));
    const training = mean(this.training.values);
    if (now <= this.best) [this.best, this.trainingAtBest] = [now, training];
    const { best, trainingAtBest } = this;
    const noise = (SIGNIFICANCE * noiseOf(this.validation.values)) / Math.sqrt(SMOOTHED);
    const limit = best + this.settings.rise * Math.abs(best) + noise;
    const halfway = (limit + best) / 2;
    const sign = now > limit && training <= trainingAtBest ? 'bad' : now < halfway ? 'good' : 'unsure';
    const detail = () =>
      `The validation loss is ${shown(now)}, up from its best of ${shown(best)}, and the training loss has not risen.`;
    return { sign, observed: now, limit, detail };
  }
}
