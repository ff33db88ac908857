import type { Dataset } from '../dataset.entity.js';

/** A dataset whose bytes are in the platform. */
export type DatasetWithContent = Dataset & { contentKey: string; contentBytes: number; contentSha256: string };
