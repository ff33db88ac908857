import type { Series } from './series.js';

/** An epoch with the series that were asked for; null where nothing was measured. */
export interface HistoryPoint extends Partial<Record<Series, number | null>> {
  epoch: number;
  /** The attempt that trained it. */
  attempt: number;
  timestamp: Date;
}

/** Which epochs, both ends included, and what of them. */
export interface Selection {
  from: number;
  to: number;
  series: readonly Series[];
}

export enum ThinningMethod {
  MinMax = 'min_max',
  Lttb = 'lttb',
}

export interface Thinning {
  /** At most that many points, 2 at least. */
  maxPoints: number;
  method: ThinningMethod;
  /** The series whose course is to survive. */
  by: readonly Series[];
}

export interface History {
  points: HistoryPoint[];
  /** How they were chosen. */
  method: 'all' | ThinningMethod;
  /** Epochs that there are in the range. */
  originalCount: number;
}
