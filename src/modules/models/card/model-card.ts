import type { DatasetType } from '../../datasets/dataset-type.js';
import type { Job } from '../../jobs/job.entity.js';
import type { JobStatus } from '../../jobs/job-state.js';
import type { Metrics, Performance } from '../../jobs/metrics.js';
import type { ModelType } from '../../jobs/model-type.js';
import type { Verdict } from '../../jobs/verdict.js';
import type { ArtefactFormat } from '../artefacts/artefact-format.js';
import type { ArtefactState } from '../artefact-state.js';
import type { DeploymentKind } from '../deployment/deployment.entity.js';
import type { Labels } from '../labels.js';
import type { VersionStatus } from '../version-state.js';

/** An epoch of a learning curve; losses in the units of the run, accuracy a fraction where there is one. */
export interface CurvePoint {
  epoch: number;
  loss: number;
  validationLoss: number;
  accuracy?: number;
}

/** What a learning curve comes to; no points where nothing was reported, or is kept no more. */
export interface CurveSummary {
  first?: CurvePoint;
  last?: CurvePoint;
  lowestLoss?: CurvePoint;
  lowestValidationLoss?: CurvePoint;
  highestAccuracy?: CurvePoint;
}

/** A job that was tried again, and how it had ended. */
export interface RetriedJob {
  id: string;
  status: JobStatus;
  errorCode?: string;
}

/** A version's time in production, as far as the card tells. */
export interface DeploymentsSummary {
  count: number;
  last?: { number: number; kind: DeploymentKind; at: Date; actor: string; reason?: string };
}

/** All that is known of a version, for whoever has to judge it. What is absent is not known, or does not apply. */
export interface ModelCard {
  modelId: string;
  version: string;
  versionId: string;
  modelType: ModelType;
  status: VersionStatus;
  statusReason?: string;
  labels: Labels;
  createdAt: Date;
  deployedAt?: Date;
  /** Nothing was trained: the figures are computed. */
  simulated: boolean;
  data: {
    datasetId: string;
    name: string;
    type: DatasetType;
    /** Rows (images: files). */
    size?: number;
    featureCount?: number;
    /** The first of them. */
    features?: string[];
    targetColumn?: string;
    /** Of the content that was trained on; hexadecimal. */
    sha256?: string;
    source: string;
    format: string;
  };
  training: {
    hyperparameters: Job['hyperparameters'];
    configuration: Job['configuration'];
    seed: number;
    simulation?: NonNullable<Job['simulation']>;
    startedAt?: Date;
    completedAt?: Date;
    /** Milliseconds. */
    duration?: number;
  };
  curve: CurveSummary & { plannedEpochs: number; epochs: number; historyRemovedAt?: Date | undefined };
  metrics?: Metrics;
  performance?: Performance;
  lineage: {
    jobId: string;
    /** The latest first. */
    retried: RetriedJob[];
    datasetId: string;
  };
  artifact?: {
    fileName: string;
    /** Bytes. */
    size: number;
    sha256: string;
    state: ArtefactState;
    checkedAt?: Date;
    deletedAt?: Date;
    format?: ArtefactFormat;
  };
  verification?: Verdict & { verifiedAt?: Date };
  deployments: DeploymentsSummary;
}
