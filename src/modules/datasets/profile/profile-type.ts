/** What a column holds, as its values show; `empty`: no value at all; `nested`: lists and structures. */
export type ColumnKind = 'integer' | 'number' | 'boolean' | 'date' | 'timestamp' | 'text' | 'nested' | 'empty';

/** What a column is for, as declared; `ignored`: neither a feature nor the target. */
export type ColumnRole = 'feature' | 'target' | 'ignored';

export interface ValueCount {
  value: string;
  count: number;
}

/** Bins of equal width: bin i reaches from `edges[i]` to below `edges[i + 1]`, the last one to its end. */
export interface Histogram {
  edges: number[];
  counts: number[];
}

/** Shares of the values that lie below: 5, 25, 50, 75 and 95 of 100. */
export interface Quantiles {
  p05: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

export interface ColumnProfile {
  name: string;
  kind: ColumnKind;
  role: ColumnRole;
  /** Rows without a value. */
  missing: number;
  /** Different values, missing ones not counted. */
  distinct: number;
  /** Whether `distinct` and `quantiles` are estimates: exact figures would take memory that grows with the data. */
  approximate: boolean;
  /** Numbers only: finite values. */
  min?: number;
  max?: number;
  mean?: number;
  /** Of the population. */
  standardDeviation?: number;
  quantiles?: Quantiles;
  histogram?: Histogram;
  /** Dates and timestamps only: ISO 8601. */
  earliest?: string;
  latest?: string;
  /** Text only: characters. */
  shortest?: number;
  longest?: number;
  /** Everything but numbers with many values: the most frequent first, at most ten. */
  topValues?: ValueCount[];
}

export interface ClassShare extends ValueCount {
  /** Of the rows that have a target; 0 to 1. */
  share: number;
}

export interface ProfileWarning {
  code: string;
  detail: string;
  column?: string;
}

export interface ImagesProfile {
  /** Files by format: `{ jpeg: 120 }`. */
  formats: Record<string, number>;
  /** Pixels. */
  width: { min: number; max: number; mean: number };
  height: { min: number; max: number; mean: number };
}

/** How the content was read, whether that was declared or found out. */
export interface ReadAs {
  encoding?: string;
  delimiter?: string;
  hasHeader?: boolean;
  decimalComma?: boolean;
  layout?: string;
}

/** What a worker measured of a dataset's content. */
export interface DatasetProfile {
  /** Rows (images: files). */
  rows: number;
  /** Size of the content. */
  bytes: number;
  readAs: ReadAs;
  columns: ColumnProfile[];
  /** Classes of the target, the most frequent first; absent where it has none. */
  classes?: ClassShare[];
  /** Rows that repeat an earlier one. */
  duplicateRows?: number;
  images?: ImagesProfile;
  warnings: ProfileWarning[];
}

/** A value of a preview: what JSON can hold, long texts cut. */
export type PreviewValue = string | number | boolean | null;

/** The first rows of a dataset (images: files with their class and dimensions). */
export interface DatasetPreview {
  columns: string[];
  rows: PreviewValue[][];
}
