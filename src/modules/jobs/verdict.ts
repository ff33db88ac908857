import type { ArtefactState } from '../models/artefact-state.js';

/** Where a verification first found something else than the training did. */
export interface Difference {
  what: 'dataset' | 'progress' | 'artifact' | 'stored_artifact';
  /** Of the progress. */
  epoch?: number;
  series?: 'loss' | 'validationLoss' | 'accuracy' | 'learningRate';
  /** What the training had (hashes in hexadecimal); absent: nothing. */
  expected?: number | string;
  /** What the verification has. */
  actual?: number | string;
}

/** What training a version again came to. */
export interface Verdict {
  /** Same progress and same artefact, and what is stored is that artefact. */
  reproducible: boolean;
  firstDifference?: Difference;
  /** The verification that found it. */
  jobId: string;
  /** How the stored file was found. */
  storedArtifact: ArtefactState;
}
