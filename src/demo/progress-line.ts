import type { Progress } from './resources.js';

const BAR_WIDTH = 24;
const MS_A_SECOND = 1_000;

export const percentOf = ({ currentEpoch, totalEpochs }: Progress): number =>
  totalEpochs > 0 ? Math.floor((100 * currentEpoch) / totalEpochs) : 0;

/** One line: bar, epoch, loss, validation loss, accuracy, time left. What was not measured yet is a dash. */
export function progressLine(progress: Progress): string {
  const percent = percentOf(progress);
  const filled = Math.round((percent / 100) * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
  const total = String(progress.totalEpochs);
  return [
    `${bar} ${String(percent).padStart(3)} %`,
    `epoch ${String(progress.currentEpoch).padStart(total.length)}/${total}`,
    `loss ${measure(progress.loss)}`,
    `val loss ${measure(progress.validationLoss)}`,
    `accuracy ${measure(progress.accuracy)}`,
    `${timeLeft(progress.estimatedTimeRemaining)} left`,
  ].join('  ');
}

const measure = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(4)).padStart(6);

const timeLeft = (ms: number | undefined) => (ms === undefined ? '-' : `${Math.ceil(ms / MS_A_SECOND)} s`).padStart(4);
