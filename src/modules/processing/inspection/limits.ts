import type { Environment } from '../../../config/environment.js';
import type { InspectionLimits } from './inspection.js';

const MEBIBYTE = 1_048_576;

/** As many as a dataset may declare. */
const MOST_COLUMNS = 10_000;
const MOST_FILES = 1_000_000;
/** Width times height: more than any camera has, and what a decoder would need a gigabyte for. */
const MOST_PIXELS = 250_000_000;

export function limitsOf(environment: Environment): InspectionLimits {
  return {
    memoryMb: environment.INSPECTION_MEMORY_MB,
    threads: environment.INSPECTION_THREADS,
    timeoutMs: environment.INSPECTION_TIMEOUT_MS,
    maxExpandedBytes: environment.INSPECTION_EXPANDED_MB * MEBIBYTE,
    maxColumns: MOST_COLUMNS,
    maxFiles: MOST_FILES,
    maxPixels: MOST_PIXELS,
  };
}
