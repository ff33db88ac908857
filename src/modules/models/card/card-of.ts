import type { Dataset } from '../../datasets/dataset.entity.js';
import type { Job } from '../../jobs/job.entity.js';
import { type ArtefactFormat, SIMULATED_MODEL } from '../artefacts/artefact-format.js';
import { artefactName } from '../artefacts/artefact-name.js';
import { storedFile } from '../artefacts/stored-file.js';
import type { ModelVersion } from '../model-version.entity.js';
import type { CurveSummary, DeploymentsSummary, ModelCard, RetriedJob } from './model-card.js';

/** Names of features that a card lists. */
const MOST_FEATURES = 50;

export interface CardSources {
  /** A numbered one. */
  version: ModelVersion;
  job: Job & { dataset: Dataset };
  curve: CurveSummary;
  retried: RetriedJob[];
  deployments: DeploymentsSummary;
  /** What the file says that it is; null where it says nothing, or cannot be read. */
  format: ArtefactFormat | null;
}

export function cardOf(sources: CardSources): ModelCard {
  const { version, job, curve, retried, deployments, format } = sources;
  return {
    modelId: version.modelId,
    version: version.version!,
    versionId: version.id,
    modelType: job.modelType,
    status: version.status,
    statusReason: version.statusReason ?? undefined,
    labels: version.labels,
    createdAt: version.createdAt,
    deployedAt: version.deployedAt ?? undefined,
    // The only engine that there is simulates; the file of another one will say so.
    simulated: (format ?? SIMULATED_MODEL).name === SIMULATED_MODEL.name,
    data: dataOf(job),
    training: trainingOf(job),
    curve: {
      plannedEpochs: job.totalEpochs,
      epochs: job.currentEpoch,
      historyRemovedAt: job.historyRemovedAt ?? undefined,
      ...curve,
    },
    metrics: version.metrics ?? undefined,
    performance: version.performance ?? undefined,
    lineage: { jobId: job.id, retried, datasetId: job.datasetId },
    artifact: artefactOf(version, format),
    verification: version.verdict ? { ...version.verdict, verifiedAt: version.verifiedAt ?? undefined } : undefined,
    deployments,
  };
}

function dataOf({ dataset, datasetSha256 }: CardSources['job']): ModelCard['data'] {
  return {
    datasetId: dataset.id,
    name: dataset.name,
    type: dataset.type,
    size: dataset.size ?? undefined,
    featureCount: dataset.features?.length,
    features: dataset.features?.slice(0, MOST_FEATURES),
    targetColumn: dataset.targetColumn ?? undefined,
    sha256: datasetSha256 ?? undefined,
    source: dataset.metadata.source,
    format: dataset.metadata.format,
  };
}

function trainingOf(job: Job): ModelCard['training'] {
  return {
    hyperparameters: job.hyperparameters,
    configuration: job.configuration,
    seed: job.seed,
    simulation: job.simulation ?? undefined,
    startedAt: job.startedAt ?? undefined,
    completedAt: job.completedAt ?? undefined,
    duration: job.actualDuration ?? undefined,
  };
}

function artefactOf(version: ModelVersion, format: ArtefactFormat | null): ModelCard['artifact'] {
  const { artefactState: state } = version;
  const file = storedFile(version);
  if (!file || !state) return undefined;
  return {
    fileName: artefactName(file),
    size: file.fileSize,
    sha256: file.sha256,
    state,
    checkedAt: version.artefactCheckedAt ?? undefined,
    deletedAt: version.artefactDeletedAt ?? undefined,
    format: format ?? undefined,
  };
}
