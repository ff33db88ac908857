import type { AlertSettings } from '../../../jobs/alerting/alert-settings.js';
import type { Point } from '../point.js';
import { type Detector, type Finding, shown } from './detector.js';

/**
 * Share of all that was learnt that has to be lost: near zero a multiple of the best loss is soon reached. But no more
 * than half of its orders of magnitude, or a first loss in the thousands would excuse everything.
 */
const LEAST_SHARE_LOST = 0.05;

/** The loss is no number any more, or a multiple of what it was at its best. */
export class DivergenceDetector implements Detector {
  private first: number | undefined;
  private best = Infinity;

  constructor(private readonly settings: Pick<AlertSettings['divergence'], 'ratio'>) {}

  look({ loss, validationLoss }: Point): Finding {
    const { ratio } = this.settings;
    if (!Number.isFinite(loss) || !Number.isFinite(validationLoss)) {
      const detail = () => `The loss is ${loss} and the validation loss ${validationLoss}.`;
      return { sign: 'bad', isCertain: true, observed: loss, limit: ratio * this.best, detail };
    }
    this.first ??= loss;
    this.best = Math.min(this.best, loss);
    const limit = Math.max(ratio * this.best, leastLost(this.first, this.best));
    const halfway = (limit + this.best) / 2;
    const sign = loss > limit ? 'bad' : loss < halfway ? 'good' : 'unsure';
    const detail = () => `The loss is ${shown(loss)}; its best was ${shown(this.best)}.`;
    return { sign, observed: loss, limit, detail };
  }
}

function leastLost(first: number, best: number): number {
  const share = best + LEAST_SHARE_LOST * (first - best);
  return best > 0 ? Math.min(share, Math.sqrt(first * best)) : share;
}
