import { ModelType } from '../../jobs/model-type.js';
import type { TrainingSpec } from '../trainer.js';
import { accuracyOf } from './accuracy.js';
import { accuracyLeft, type CurveFaults, curveFaultsOf, distortion } from './curve-faults.js';
import { learningCurveOf } from './learning-curve-of.js';
import { type LearningCurve, lossAt } from './learning-curve.js';
import { effectiveRate, explosion, pace, type RateRange, rateRange, roughness } from './learning-rate-range.js';
import { scheduledRate } from './learning-rate-schedule.js';
import { normal, Stream } from './random.js';
import { rounded } from './rounded.js';
import type { Measurement } from './run-state.js';
import { clamped } from './settings.js';
import { splitOf } from './split.js';

/** Losses are cut off here, so that a run that diverges still reports numbers that every client can read. */
export const LOSS_CEILING = 1e6;
const LOSS_FLOOR = 1e-6;

/** Walks along a run's curve. What it measures in an epoch depends on the spec and the epoch alone. */
export class Learner {
  readonly curve: LearningCurve;
  private readonly faults: CurveFaults;
  private readonly range: RateRange | null;
  private readonly heldOutRows: number;
  private epoch = 0;
  private progress = 0;
  /** Logarithm of what too high learning rates have multiplied the loss by. */
  private heat = 0;

  constructor(
    private readonly spec: TrainingSpec,
    /** Epochs that are trained already; walked through again, which takes microseconds. */
    trained: number,
  ) {
    this.curve = learningCurveOf(spec);
    this.faults = curveFaultsOf(spec);
    this.range = rateRange(spec);
    this.heldOutRows = splitOf(spec).heldOutRows;
    while (this.epoch < trained) this.step();
  }

  /** Trains one more epoch. */
  next(): Measurement {
    const rate = this.step();
    const { epoch, spec, curve } = this;
    const { training, validation } = lossAt(curve, this.progress);
    const bent = distortion(this.faults, epoch);
    const rough = this.range ? roughness(effectiveRate(spec, rate), this.range) : 0;
    // Large steps rattle around the minimum instead of reaching it (Bottou, Curtis & Nocedal 2018, thm 4.6).
    const scale = curve.chanceLoss * Math.exp(Math.min(30, this.heat)) * (1 + 0.6 * rough);
    const jitter = (stream: Stream, noise: number) => 1 + noise * (1 + 3 * rough) * normal(spec.seed, stream, epoch);
    const loss = training * scale * bent.training * jitter(Stream.TrainingNoise, curve.noise);
    const validationLoss = validation * scale * bent.validation * jitter(Stream.ValidationNoise, curve.validationNoise);
    const measured = { loss: reported(loss), validationLoss: reported(validationLoss) };
    const left = accuracyLeft(this.faults, epoch);
    const accuracy = accuracyOf(spec.dataset, measured.validationLoss, this.heldOutRows, left);
    return { epoch, ...measured, ...(accuracy !== undefined && { accuracy }), learningRate: rounded(rate) };
  }

  private step(): number {
    this.epoch += 1;
    const rate = scheduledRate(this.spec, this.epoch);
    if (this.epoch < this.faults.plateau) this.progress += this.gain(rate);
    if (this.range) this.heat += explosion(effectiveRate(this.spec, rate), this.range);
    return rate;
  }

  private gain(rate: number): number {
    if (this.range) return pace(effectiveRate(this.spec, rate), this.range);
    return this.spec.modelType === ModelType.Xgboost ? rate : 1;
  }
}

function reported(loss: number): number {
  return rounded(clamped(loss, LOSS_FLOOR, LOSS_CEILING));
}
