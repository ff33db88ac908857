import type { ArtefactState } from '../models/artefact-state.js';

export enum DifferenceKind {
  Dataset = 'dataset',
  Progress = 'progress',
  Artifact = 'artifact',
  StoredArtifact = 'stored_artifact',
}

export enum DifferingSeries {
  Loss = 'loss',
  ValidationLoss = 'validationLoss',
  Accuracy = 'accuracy',
  LearningRate = 'learningRate',
}

/** Where a verification first found something else than the training did. */
export interface Difference {
  what: DifferenceKind;
  /** Of the progress. */
  epoch?: number;
  /** Of the progress; absent where the epoch is missing on one side. */
  series?: DifferingSeries;
  /** What the training had (hashes in hexadecimal); absent: nothing. */
  expected?: number | string;
  /** What the verification has. */
  actual?: number | string;
}

/** What training a version again came to. */
export interface Verdict {
  /** Same progress and same artefact, and what is stored is that artefact, unless it was deleted. */
  reproducible: boolean;
  firstDifference?: Difference;
  /** The verification that found it. */
  jobId: string;
  /** How the stored file was found. */
  storedArtifact: ArtefactState;
}
