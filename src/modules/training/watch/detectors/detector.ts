import type { Point } from '../point.js';

/** What a detector makes of an epoch. Between good and bad lies what changes nothing (hysteresis). */
export interface Finding {
  sign: 'good' | 'bad' | 'unsure';
  /** Nothing needs to be waited for. */
  isCertain?: boolean;
  /** What was measured, and the bound that it is held against. */
  observed: number;
  limit: number;
  /** A sentence for people. */
  detail: () => string;
}

/** Looks at a run's epochs one after the other. What it finds depends on them alone; null while it knows too little. */
export interface Detector {
  look(point: Point): Finding | null;
}

/** Four significant digits, for people. */
export const shown = (value: number) => String(Number(value.toPrecision(4)));
