import { COLUMN_OF, type Series } from './series.js';

/** One of the least or greatest values that are looked for. */
export interface Extreme {
  /** Of what has it: the value, and `<name>_first` and `<name>_last`, epochs between which the first is that has it. */
  name: string;
  aggregate: 'min' | 'max';
  column: string;
}

/** In the order in which they are kept where there is not room for all. */
export function extremesOf(by: readonly Series[]): Extreme[] {
  return by.flatMap((series) =>
    (['min', 'max'] as const).map((aggregate) => {
      const column = COLUMN_OF[series];
      return { name: `${aggregate}_${column}`, aggregate, column };
    }),
  );
}

/** Of rows of training_progress. */
export function gathered(extremes: readonly Extreme[]): string {
  return extremes.map(({ name, aggregate, column }) => `${aggregate}(${column}) AS ${name}`).join(', ');
}
