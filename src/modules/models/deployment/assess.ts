import { DatasetStatus } from '../../datasets/dataset-state.js';
import { ArtefactState } from '../artefact-state.js';
import { assessBound, assessLoss } from './assess-metrics.js';
import type { Facts } from './facts.js';
import type { AssessedCondition, DeploymentPolicy } from './policy.js';

/** Every condition of the policy, and before them the one that holds without any: that the file is intact. */
export function assess(policy: DeploymentPolicy | null, facts: Facts): AssessedCondition[] {
  const { metrics = [], noWorse = [], datasetReady, reproducible, minimumDataSize } = policy ?? {};
  return [
    assessFile(facts),
    ...metrics.map((bound) => assessBound(bound, facts)),
    ...noWorse.map((loss) => assessLoss(loss, facts)),
    ...(datasetReady ? [assessDataset(facts)] : []),
    ...(reproducible ? [assessVerification(facts)] : []),
    ...(minimumDataSize === undefined ? [] : [assessDataSize(minimumDataSize, facts)]),
  ];
}

function assessFile({ artefactState }: Facts): AssessedCondition {
  const state = artefactState ?? ArtefactState.Missing;
  const met = state === ArtefactState.Intact;
  const detail = met ? 'The stored model file is what was stored.' : `The stored model file is ${state}.`;
  return { condition: 'artifact_intact', met, detail, actual: state, wanted: { state: ArtefactState.Intact } };
}

function assessDataset({ dataset: { id, status } }: Facts): AssessedCondition {
  const met = status === DatasetStatus.Ready;
  const detail = `Its dataset ${id} is ${status}${met ? '' : '; it must be ready'}.`;
  return { condition: 'dataset_ready', met, detail, actual: status, wanted: { status: DatasetStatus.Ready } };
}

function assessVerification({ reproducible }: Facts): AssessedCondition {
  const condition = { condition: 'reproducible' as const, met: reproducible === true, wanted: { reproducible: true } };
  if (reproducible === null) return { ...condition, detail: 'It was not verified yet.' };
  const found = reproducible ? 'found the same' : 'found something else';
  return { ...condition, detail: `Its newest verification ${found}.`, actual: reproducible };
}

function assessDataSize(min: number, { dataset: { id, size } }: Facts): AssessedCondition {
  const condition = { condition: 'minimum_data_size' as const, met: size !== null && size >= min, wanted: { min } };
  if (size === null)
    return { ...condition, detail: `The size of its dataset ${id} is not known; it must be at least ${min}.` };
  return { ...condition, detail: `Its dataset ${id} has ${size} rows; it must have at least ${min}.`, actual: size };
}
