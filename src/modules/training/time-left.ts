import { phaseDuration } from '../jobs/hyperparameters/duration.js';
import { EarlyStop } from './early-stop.js';
import type { TrainingPlan } from './trainer.js';

/** Weight of the newest epoch in the running mean and variance, once there are so many that it is less than their share. */
const WEIGHT = 0.1;
/** Epochs that such a mean rests on: (2 − w) / w. */
const EPOCHS_OF_MEAN = (2 - WEIGHT) / WEIGHT;
/** An epoch counts as at most so many times the mean, or as so many milliseconds: one that hung is not the rule. */
const MOST = 4;
const LEAST_MOST_MS = 100;
/** Standard deviation of an epoch, as a share of the mean, before any was seen; and that of the pace to come, for ever. */
const UNKNOWN = 0.25;
const DRIFT = 0.03;
/** Nine times in ten the truth lies within so many standard deviations (of a normal distribution). */
const NINE_IN_TEN = 1.645;

/** Milliseconds. */
export interface Estimate {
  estimated: number;
  low: number;
  high: number;
}

/**
 * Estimates the time left from how long epochs have taken, newer ones counting more. The estimate is for all epochs that are
 * planned; the low one for as few as early stopping may leave of them.
 */
export class TimeLeft {
  private readonly earlyStop: EarlyStop | null;
  private done = 0;
  private epochs = 0;
  private mean: number;
  private variance = 0;
  private last: number;

  /** `now`: a monotonic clock, milliseconds. */
  constructor(
    private readonly plan: Pick<TrainingPlan, 'totalEpochs' | 'epochMs'> & {
      spec: { configuration: Pick<TrainingPlan['spec']['configuration'], 'earlyStopping'> };
    },
    private readonly now: () => number = () => performance.now(),
  ) {
    const { earlyStopping } = plan.spec.configuration;
    this.earlyStop = earlyStopping.enabled ? new EarlyStop(earlyStopping) : null;
    this.mean = plan.epochMs;
    this.last = now();
  }

  /** An epoch of an earlier attempt; `durationMs` is null where a pause or a wait may have been part of it. */
  recall(validationLoss: number, durationMs: number | null): void {
    this.earlyStop?.look(validationLoss);
    // By the database's clock, which may have been set back in between.
    if (durationMs !== null && durationMs >= 0) this.learn(durationMs);
  }

  /** The engine begins, or goes on after the epochs that are done: nothing before counts towards its next one. */
  begin(done = 0): void {
    this.done = done;
    this.last = this.now();
  }

  /** Inside an epoch: less by what has passed of it. Null while it is not known how long epochs take. */
  withinEpoch(): Estimate | null {
    if (this.epochs === 0) return null;
    // However long this one takes, the others are still to come.
    return this.estimate(Math.min(this.now() - this.last, this.mean));
  }

  /** Called as each epoch ends. */
  afterEpoch(epoch: number, validationLoss: number): Estimate {
    this.earlyStop?.look(validationLoss);
    const at = this.now();
    this.learn(at - this.last);
    this.last = at;
    this.done = epoch;
    return this.estimate(0);
  }

  private learn(durationMs: number): void {
    // The first took far longer than the second: the engine had to warm up, which it does once.
    if (this.epochs === 1 && this.mean > mostOf(durationMs)) this.epochs = 0;
    this.epochs += 1;
    const weight = Math.max(WEIGHT, 1 / this.epochs);
    const counted = this.epochs === 1 ? durationMs : Math.min(durationMs, mostOf(this.mean));
    // Welford's recurrence with a fixed weight (West 1979; Finch 2009).
    const off = counted - this.mean;
    const step = weight * off;
    if (this.epochs > 1) this.variance = (1 - weight) * (this.variance + off * step);
    this.mean += step;
  }

  /** `passed`: milliseconds of the epoch under way. */
  private estimate(passed: number): Estimate {
    const remaining = this.plan.totalEpochs - this.done;
    const tail = 2 * phaseDuration(this.plan.epochMs) - passed;
    const estimated = remaining * this.mean + tail;
    const fewest = Math.min(remaining, this.earlyStop?.earliest ?? remaining);
    const low = fewest * this.mean - NINE_IN_TEN * this.spread(fewest) + tail;
    const high = estimated + NINE_IN_TEN * this.spread(remaining);
    return { estimated: storable(estimated), low: storable(low), high: storable(high) };
  }

  /** Standard deviation of what so many epochs take together: their own, that of the mean, and a pace that drifts. */
  private spread(epochs: number): number {
    const variance = this.variance + (UNKNOWN * this.mean) ** 2 / this.epochs ** 2;
    const rests = Math.min(this.epochs, EPOCHS_OF_MEAN);
    return Math.sqrt(epochs * variance + epochs ** 2 * (variance / rests + (DRIFT * this.mean) ** 2));
  }
}

/** What an epoch counts as at most, where one usually takes so many milliseconds. */
const mostOf = (usualMs: number) => Math.max(MOST * usualMs, LEAST_MOST_MS);

/** A whole number that every row and every client can hold: no report is to fail for its estimate. */
function storable(ms: number): number {
  return Math.round(Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, ms)));
}
