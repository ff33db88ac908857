import type { EpochReport, TrainingReport } from './trainer.js';
import { TrainingFailedError } from './training.errors.js';

/** Holds an engine to its contract before anything is stored. Throws TrainingFailedError. */
export function assertReport(report: TrainingReport, currentEpoch: number, totalEpochs: number): void {
  if (report.kind === 'phase') return;
  if (report.epoch !== currentEpoch + 1 || report.epoch > totalEpochs) {
    throw new TrainingFailedError('invalid_report', `Epoch ${report.epoch} was reported after epoch ${currentEpoch}.`);
  }
  if (report.kind === 'epoch') assertFinite(report);
}

/** An epoch whose losses are no numbers: it cannot be stored, but it can be told. */
export function isBroken(report: TrainingReport): boolean {
  return report.kind === 'epoch' && !(Number.isFinite(report.loss) && Number.isFinite(report.validationLoss));
}

function assertFinite(report: EpochReport): void {
  const { loss, validationLoss, learningRate, accuracy } = report;
  for (const [name, value] of Object.entries({ loss, validationLoss, learningRate, accuracy })) {
    if (value !== undefined && !Number.isFinite(value)) {
      throw new TrainingFailedError('invalid_report', `Epoch ${report.epoch} reported ${value} as ${name}.`);
    }
  }
}
