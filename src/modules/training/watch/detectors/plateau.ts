import type { AlertSettings } from '../../../jobs/alerting/alert-settings.js';
import type { Point } from '../point.js';
import { type Detector, type Finding, shown } from './detector.js';
import { LastValues, mean, noiseOf } from './last-values.js';

/** Epochs that are compared are this many windows: short ones notice a stop sooner, long ones in more noise. */
const SCALES = [1, 2];
/** A window is at most this share of the run so far: what lies further back was steeper in any curve. */
const MOST_OF_AGE = 2 / 7;
/** The noise is taken from this share of the run at least where that is more, as far as it is remembered. */
const NOISE_SHARE_OF_AGE = 2 / 3;
/** Getting better is clear when it stands out from the noise of its measurement by so many standard deviations. */
const CLEARLY = 13;
/** And is this share of the loss at the beginning. */
const LEAST_SHARE = 0.003;
/** Less than this share of the pace before is no getting better. */
const LEAST_PACE = 0.1;
/** Windows without any progress that are taken for never getting going, and the share that counts as progress. */
const WINDOWS_TO_BEGIN = 6;
const LEAST_BEGINNING = 0.005;
/** A learning rate that rose by more than this factor within the windows explains a change of pace. */
const MOST_RISE = 1.1;
/** So does one that fell by more; for less the bounds are scaled. */
const MOST_FALL = 5;

/**
 * The loss was clearly getting better and all at once does not any more, or it never was. A curve that flattens smoothly
 * converges, which is no reason for alarm: windows are short against the age of the run, and from one to the next
 * power laws and exponentials of the usual time scales keep more than LEAST_PACE of their pace.
 */
export class PlateauDetector implements Detector {
  private readonly losses: LastValues;
  private readonly rates: LastValues;
  private epochs = 0;
  private first: number | undefined;

  constructor(private readonly settings: Pick<AlertSettings['plateau'], 'window'>) {
    const remembered = 3 * Math.max(...SCALES) * settings.window;
    this.losses = new LastValues(remembered);
    this.rates = new LastValues(remembered);
  }

  look({ loss, learningRate }: Point): Finding | null {
    if (!Number.isFinite(loss)) return null;
    this.losses.add(loss);
    this.rates.add(learningRate);
    this.epochs += 1;
    const windows = SCALES.map((scale) => scale * this.settings.window).filter((w) => w <= this.epochs * MOST_OF_AGE);
    if (windows.length === 0) return null;
    this.first ??= mean(this.losses.values.slice(0, this.settings.window));
    const findings = windows.flatMap((window) => this.compared(window, this.first!));
    return findings.find(({ sign }) => sign === 'bad') ?? this.idle(this.first) ?? findings[0] ?? null;
  }

  /** The latest window with the one before it, and that with the one before. */
  private compared(window: number, first: number): Finding[] {
    const slowed = slowedBy(this.rates.values.slice(-3 * window), window);
    if (slowed === null) return [];
    const values = this.losses.values.slice(-3 * window);
    const [before, between, now] = [0, 1, 2].map((n) => mean(values.slice(n * window, (n + 1) * window))) as [
      number,
      number,
      number,
    ];
    const [was, is] = [before - between, between - now];
    const limit = LEAST_PACE * slowed * was;
    const least = LEAST_SHARE * Math.abs(first);
    const detail = () =>
      `The loss fell by ${shown(was)} in ${window} epochs, and by ${shown(is)} in the ${window} after them.`;
    // The noise, which takes longest to find, is asked for only where it decides.
    if (Math.max(was, is) <= least) return [{ sign: 'unsure', observed: is, limit, detail }];
    const noise = this.noise(window) * Math.sqrt(2 / window);
    const clear = Math.max(CLEARLY * noise, least);
    // A loss that rises does not stand still.
    const hasStopped = was > Math.max((CLEARLY * noise) / slowed, least) && is < limit && is > -clear;
    const sign = hasStopped ? 'bad' : is > clear ? 'good' : 'unsure';
    return [{ sign, observed: is, limit, detail }];
  }

  /** Of as many epochs as there are without the steep beginning: a few of them may look quieter than they are. */
  private noise(window: number): number {
    return noiseOf(this.losses.values.slice(-Math.max(3 * window, Math.floor(NOISE_SHARE_OF_AGE * this.epochs))));
  }

  private idle(first: number): Finding | null {
    if (this.epochs < WINDOWS_TO_BEGIN * this.settings.window) return null;
    const now = mean(this.losses.values.slice(-this.settings.window));
    const limit = LEAST_BEGINNING * Math.abs(first);
    if (Math.abs(first - now) >= limit) return null;
    const detail = () =>
      `After ${this.epochs} epochs the loss is within ${100 * LEAST_BEGINNING} % of where it began, ${shown(first)}.`;
    return { sign: 'bad', observed: first - now, limit, detail };
  }
}

/**
 * Share of its pace that a falling learning rate leaves the last window of three: steps are as long as the rate, and
 * progress at most proportional to them. 1 for a steady one; null where the rate rose, or fell too far to tell.
 */
function slowedBy(rates: readonly number[], window: number): number | null {
  const [first, highest, lowest] = [rates[0]!, Math.max(...rates), Math.min(...rates)];
  if (highest > MOST_RISE * first || highest > MOST_FALL * lowest) return null;
  return Math.min(1, mean(rates.slice(-window)) / mean(rates.slice(-2 * window, -window)));
}
