import type { Progress } from '../client/resources.js';
import { durationText } from './duration-text.js';

const BAR_WIDTH = 24;
const SHORT_BAR_WIDTH = 12;

/** Of a run, 0 to 100; inside an epoch by its batches. */
export function percentOf(progress: Progress): number {
  const { currentEpoch, totalEpochs, currentBatch = 0, totalBatches = 0 } = progress;
  if (totalEpochs === 0) return 0;
  const done = isInside(progress) ? currentEpoch - 1 + currentBatch / totalBatches : currentEpoch;
  return Math.floor((100 * done) / totalEpochs);
}

/** One line: bar, epoch, losses, accuracy, time left and how sure that is. What was not measured yet is a dash. */
export function progressLine(progress: Progress): string {
  const { loss, validationLoss } = progress;
  return [
    ...place(progress, BAR_WIDTH),
    `loss ${measure(loss)}`,
    `val loss ${measure(validationLoss)}`,
    `accuracy ${measure(progress.accuracy)}`,
    timeLeft(progress),
  ].join('  ');
}

/** The same below a chart, which has the losses. In 80 columns nothing is cut off that matters more than accuracy. */
export function statusLine(progress: Progress): string {
  const accuracy = progress.accuracy === undefined ? [] : [`accuracy ${measure(progress.accuracy)}`];
  return [...place(progress, SHORT_BAR_WIDTH), timeLeft(progress).trimStart(), ...accuracy].join('  ');
}

function place(progress: Progress, barWidth: number): string[] {
  const percent = percentOf(progress);
  const filled = Math.round((percent / 100) * barWidth);
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`;
  const total = String(progress.totalEpochs);
  return [
    `${bar} ${String(percent).padStart(3)} %`,
    `epoch ${String(progress.currentEpoch).padStart(total.length)}/${total}`,
    ...(isInside(progress) ? [`batch ${progress.currentBatch}/${progress.totalBatches}`] : []),
  ];
}

/** The epoch that is named is under way. */
const isInside = ({ currentBatch = 0, totalBatches = 0 }: Progress) => currentBatch > 0 && currentBatch < totalBatches;

const measure = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(4)).padStart(6);

function timeLeft(progress: Progress): string {
  const { estimatedTimeRemaining: ms, estimatedTimeRemainingLow: low, estimatedTimeRemainingHigh: high } = progress;
  const left = `${(ms === undefined ? '-' : durationText(ms)).padStart(4)} left`;
  if (ms === undefined || low === undefined || high === undefined) return left;
  const [from, to] = [durationText(low), durationText(high)];
  return from === to ? left : `${left} (${from} to ${to})`;
}
