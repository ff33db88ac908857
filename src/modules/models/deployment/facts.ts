import type { DatasetStatus } from '../../datasets/dataset-state.js';
import type { Measures } from '../../jobs/metrics.js';
import type { ArtefactState } from '../artefact-state.js';

/** What a policy is held against. */
export interface Facts {
  /** Its number. */
  version: string;
  /** How its stored file was found; null: it never had one. */
  artefactState: ArtefactState | null;
  metrics: Measures | null;
  /** What its newest verification found; null: it was never verified. */
  reproducible: boolean | null;
  /** That it was trained on. */
  dataset: {
    id: string;
    status: DatasetStatus;
    /** Rows (images: files), where known. */
    size: number | null;
  };
  /** The version that is in production, which may be this one. */
  deployed: { version: string; metrics: Measures | null } | null;
}
