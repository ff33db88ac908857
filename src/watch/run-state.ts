import type { JobStreamEvent } from '../client/job-stream.js';
import type { Progress } from '../client/resources.js';
import { Curve } from './chart/curve.js';
import type { Losses } from './chart/loss-chart.js';

/** How many epochs a chart has room for at first; more as they come, so that it is never less than half full. */
const FIRST_EPOCHS = 50;

/** What is known of a run, from its events. */
export class RunState {
  readonly losses: Losses = { training: new Curve(), validation: new Curve() };
  progress: Progress = { currentEpoch: 0, totalEpochs: 0 };

  apply({ name, data }: JobStreamEvent): void {
    if (name === 'batch') this.progress = { ...this.progress, ...data };
    if (name === 'progress' || name === 'snapshot') this.progress = data;
    if (name !== 'progress') return;
    this.losses.training.add(data.currentEpoch, data.loss);
    this.losses.validation.add(data.currentEpoch, data.validationLoss);
  }

  /** The epoch at the right end of the chart. */
  get chartedEpochs(): number {
    const { currentEpoch, totalEpochs } = this.progress;
    const total = Math.max(1, currentEpoch, totalEpochs);
    let epochs = Math.min(total, FIRST_EPOCHS);
    while (epochs < currentEpoch) epochs = Math.min(total, 2 * epochs);
    return epochs;
  }
}
