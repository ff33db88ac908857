import type { TrainingConfiguration } from '../jobs/configuration/training-configuration.js';

/** Counts as early stopping does (see the configuration's `minDelta` and `patience`), to tell how soon it may strike. */
export class EarlyStop {
  private best = Infinity;
  private waited = 0;

  constructor(private readonly settings: Pick<TrainingConfiguration['earlyStopping'], 'minDelta' | 'patience'>) {}

  look(validationLoss: number): void {
    const isBetter = validationLoss < this.best - this.settings.minDelta;
    if (isBetter) this.best = validationLoss;
    this.waited = isBetter ? 0 : this.waited + 1;
  }

  /** Epochs that are trained at least, unless the plan has fewer left. */
  get earliest(): number {
    return Math.max(0, this.settings.patience - this.waited);
  }
}
