import type { Stretch } from './curve.js';
import type { Scale } from './scale.js';

/** The dots of a column that a line covers, counted from the top; `to` is included. */
export interface Dots {
  from: number;
  to: number;
}

interface Mark extends Dots {
  column: number;
  first: number;
  last: number;
}

/** A curve as one line without breaks: what it covers in each column of dots. `height` is in dots. */
export function trace(columns: readonly (Stretch | undefined)[], scale: Scale, height: number): (Dots | undefined)[] {
  const rowOf = (value: number) => Math.round((1 - scale.position(value)) * (height - 1));
  const line: (Dots | undefined)[] = columns.map(() => undefined);
  let before: Mark | undefined;
  columns.forEach((stretch, column) => {
    if (!stretch) return;
    const dots = { from: rowOf(stretch.max), to: rowOf(stretch.min) };
    const mark: Mark = { ...dots, column, first: rowOf(stretch.first), last: rowOf(stretch.last) };
    line[column] = before?.column === column - 1 ? reaching(dots, before) : dots;
    if (before) bridge(line, before, mark);
    before = mark;
  });
  return line;
}

/** Drawn long enough to touch the column before it. */
const reaching = (dots: Dots, before: Dots): Dots => ({
  from: Math.min(dots.from, before.to + 1),
  to: Math.max(dots.to, before.from - 1),
});

/** A straight line over the columns that lie empty between two marks. */
function bridge(line: (Dots | undefined)[], left: Mark, right: Mark): void {
  const distance = right.column - left.column;
  let before: Dots = { from: left.last, to: left.last };
  for (let step = 1; step < distance; step += 1) {
    const row = Math.round(left.last + ((right.first - left.last) * step) / distance);
    const dots = reaching({ from: row, to: row }, before);
    line[left.column + step] = dots;
    before = { from: row, to: row };
  }
  if (distance > 1) line[right.column] = reaching(right, before);
}
