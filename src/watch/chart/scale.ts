import type { Stretch } from './curve.js';

/** Where values lie between the lower (0) and the upper (1) end of an axis. */
export interface Scale {
  isLog: boolean;
  position(value: number): number;
  valueAt(position: number): number;
}

/** Two decades: below that a linear axis still shows the small values. */
const LOG_FROM_RATIO = 100;
/** Of a curve that is flat, what its value is widened by to have an axis at all. */
const FLAT_MARGIN = 0.1;

/** An axis that just holds all of it. Logarithmic where the values span decades and all are above 0. */
export function scaleFor(stretches: readonly (Stretch | undefined)[]): Scale {
  let [min, max] = [Infinity, -Infinity];
  for (const stretch of stretches) {
    if (!stretch) continue;
    min = Math.min(min, stretch.min);
    max = Math.max(max, stretch.max);
  }
  if (min > max) [min, max] = [0, 1];
  if (min === max) {
    const margin = Math.abs(min) * FLAT_MARGIN || 1;
    [min, max] = [min - margin, max + margin];
  }
  const isLog = min > 0 && max / min >= LOG_FROM_RATIO;
  const [to, from] = isLog ? [Math.log, Math.exp] : [(value: number) => value, (value: number) => value];
  const [low, high] = [to(min), to(max)];
  return {
    isLog,
    position: (value) => (to(value) - low) / (high - low),
    valueAt: (position) => from(low + position * (high - low)),
  };
}

/** Labels of positions on an axis: as many digits as tell them apart. */
export function labelsOf(scale: Scale, positions: number[]): string[] {
  const values = positions.map((position) => scale.valueAt(position));
  if (scale.isLog) return values.map((value) => compact(value, String(Number(value.toPrecision(2)))));
  const [low, high] = [scale.valueAt(0), scale.valueAt(1)];
  const step = (high - low) / Math.max(1, positions.length - 1);
  const digits = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(step))));
  return values.map((value) => compact(value, value.toFixed(digits)));
}

const LONGEST_LABEL = 8;

const compact = (value: number, text: string) =>
  text.length > LONGEST_LABEL || text.includes('e') ? value.toExponential(1) : text;
