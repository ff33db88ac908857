import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** PostgreSQL's bigint arrives as text; sizes and durations stay far below 2⁵³. */
const bigintAsNumber: ValueTransformer = {
  to: (value?: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};

export const BIGINT: ColumnOptions = { type: 'bigint', transformer: bigintAsNumber };
export const TIME: ColumnOptions = { type: 'timestamptz' };
export const NOW: ColumnOptions = { type: 'timestamptz', default: () => 'clock_timestamp()' };
