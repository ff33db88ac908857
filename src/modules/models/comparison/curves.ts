import { finite } from './winners.js';

/** An epoch of a run. */
export interface RunPoint {
  jobId: string;
  epoch: number;
  loss: number;
  validationLoss: number;
  accuracy: number | null;
}

/** An entry an epoch, null where the run has no such epoch or measured nothing there. */
export interface Series {
  loss: (number | null)[];
  validationLoss: (number | null)[];
  /** Absent where the run has none at all. */
  accuracy?: (number | null)[];
}

export interface Curves {
  /** Ascending; the same for all series. */
  epochs: number[];
  /** In the order of the subjects. */
  series: Series[];
}

/** Curves side by side, over the epochs that any of the points is of. */
export function alignedCurves(jobIds: readonly string[], points: readonly RunPoint[]): Curves {
  const epochs = [...new Set(points.map(({ epoch }) => epoch))].toSorted((a, b) => a - b);
  const byJob = new Map(jobIds.map((id) => [id, new Map<number, RunPoint>()]));
  for (const point of points) byJob.get(point.jobId)?.set(point.epoch, point);
  return { epochs, series: jobIds.map((id) => seriesOf(epochs, byJob.get(id)!)) };
}

function seriesOf(epochs: readonly number[], points: ReadonlyMap<number, RunPoint>): Series {
  const values = (name: 'loss' | 'validationLoss' | 'accuracy') =>
    epochs.map((epoch) => finite(points.get(epoch)?.[name]));
  const accuracy = values('accuracy');
  const measured = accuracy.some((value) => value !== null);
  return { loss: values('loss'), validationLoss: values('validationLoss'), ...(measured && { accuracy }) };
}
