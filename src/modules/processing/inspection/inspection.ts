import type { ContentProblem } from '../../datasets/content/content-problem-type.js';
import type { DatasetFormat, DatasetType } from '../../datasets/dataset-type.js';
import type { DatasetPreview, DatasetProfile } from '../../datasets/profile/profile-type.js';

export type { ContentProblem };

/** Content to be looked at, with what its dataset declares of it. */
export interface InspectionTask {
  /** Absolute path of the content, read only. */
  file: string;
  /** Bytes of the content. */
  bytes: number;
  /** An empty folder to write in; whoever asked removes it. */
  scratch: string;
  format: DatasetFormat;
  type: DatasetType;
  /** Null: every column but the target. */
  features: string[] | null;
  targetColumn: string | null;
  encoding?: string;
  delimiter?: string;
  hasHeader?: boolean;
  limits: InspectionLimits;
}

export interface InspectionLimits {
  /** Mebibytes for the engine that reads tables. */
  memoryMb: number;
  threads: number;
  /** Milliseconds until it is given up. */
  timeoutMs: number;
  /** Bytes that the content may come to when it is unpacked. */
  maxExpandedBytes: number;
  maxColumns: number;
  /** Files in an archive. */
  maxFiles: number;
  /** Width times height of an image. */
  maxPixels: number;
}

/** Either what is wrong, the first twenty problems in the order of the content, or what was measured. */
export type Inspection =
  | { problems: ContentProblem[] }
  | { problems?: undefined; rows: number; features: string[]; profile: DatasetProfile; preview: DatasetPreview };

export const MOST_PROBLEMS = 20;

/** Rows and columns that a preview holds, and the characters of a value. */
export const PREVIEW_ROWS = 100;
export const PREVIEW_COLUMNS = 200;
export const PREVIEW_CHARACTERS = 200;
