import type { Environment } from '../../config/environment.js';
import { ValidationFailedError } from '../../http/validation/validation.errors.js';
import type { HeldDataset } from '../datasets/datasets.service.js';
import { numbersOf } from '../models/version-number.js';
import { VersionBump } from '../models/version-bump.js';
import { type GivenAlertSettings, resolveAlertSettings } from './alerting/alert-settings.js';
import { checkAlertSettings } from './alerting/check-alert-settings.js';
import { batchesOfEpoch } from './batches.js';
import { checkConfiguration } from './configuration/check-configuration.js';
import { type PartialConfiguration, resolveConfiguration } from './configuration/resolve-configuration.js';
import { incompatibility } from './hyperparameters/compatibility.js';
import { estimateDuration, totalEpochs } from './hyperparameters/duration.js';
import { IncompatibleModelTypeError } from './hyperparameters/hyperparameters.errors.js';
import { resolveHyperparameters } from './hyperparameters/resolve-hyperparameters.js';
import type { ModelType } from './model-type.js';
import { type PartialLimits, PRIORITY, resolveLimits } from './run-limits.js';
import { assertFaultsAllowed } from './simulation/process-fault.js';
import { seedOf } from './simulation/seed-of.js';
import type { Simulation } from './simulation/simulation.js';

/** What a caller says about a run; the rest are defaults. */
export interface RunDraft {
  modelType: ModelType;
  hyperparameters?: unknown;
  configuration?: PartialConfiguration & PartialLimits;
  priority?: number;
  versionBump?: VersionBump;
  /** Semantic; known to be one. */
  version?: string;
  simulation?: Simulation;
  alerts?: GivenAlertSettings;
}

export type EngineSettings = Pick<Environment, 'SIMULATOR_EPOCH_MS' | 'SIMULATOR_PROCESS_FAULTS'>;

/**
 * Everything about a run that follows from what was asked for and from its dataset, as its row holds it. Throws
 * IncompatibleModelTypeError, InvalidHyperparametersError, FaultNotAllowedError or ValidationFailedError.
 */
export function planRun(jobId: string, draft: RunDraft, dataset: HeldDataset, settings: EngineSettings) {
  const { modelType, simulation } = draft;
  const unfit = incompatibility(dataset.type, modelType);
  if (unfit) throw new IncompatibleModelTypeError(unfit);
  const hyperparameters = resolveHyperparameters(modelType, draft.hyperparameters);
  const configuration = resolveConfiguration(draft.configuration);
  const errors = [...checkConfiguration(configuration, dataset.type), ...checkAlertSettings(draft.alerts ?? {})];
  if (errors.length > 0) throw new ValidationFailedError(errors);
  assertFaultsAllowed(simulation, settings.SIMULATOR_PROCESS_FAULTS);
  return {
    datasetId: dataset.id,
    modelType,
    hyperparameters,
    configuration,
    ...resolveLimits(draft.configuration),
    priority: draft.priority ?? PRIORITY.usual,
    versionBump: draft.versionBump ?? VersionBump.Minor,
    wantedVersion: draft.version === undefined ? null : numbersOf(draft.version),
    simulation: simulation ?? null,
    alertSettings: resolveAlertSettings(draft.alerts),
    seed: simulation?.seed ?? seedOf(jobId),
    totalEpochs: totalEpochs(hyperparameters),
    totalBatches: batchesOfEpoch(dataset.size, configuration, hyperparameters.batchSize),
    estimatedDuration: estimateDuration({ hyperparameters, configuration, simulation }, settings.SIMULATOR_EPOCH_MS),
  };
}

export type RunPlan = ReturnType<typeof planRun>;
