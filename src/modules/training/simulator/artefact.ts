import { resolveConfiguration } from '../../jobs/configuration/resolve-configuration.js';
import { resolveHyperparameters } from '../../jobs/hyperparameters/resolve-hyperparameters.js';
import type { Metrics, Performance } from '../../jobs/metrics.js';
import { SIMULATED_MODEL } from '../../models/artefacts/artefact-format.js';
import type { TrainingPlan } from '../trainer.js';
import { effectiveCurveFaults } from './curve-faults.js';
import { learningCurveOf } from './learning-curve-of.js';

/**
 * The model file: JSON in UTF-8. Holds what the model is a function of and nothing about how it came to be trained
 * (attempt, times, speed, faults of processes), so that equal runs give equal bytes. Keys have one order, whatever
 * order a database returned them in.
 */
export function artefactOf(
  plan: TrainingPlan,
  result: { metrics: Metrics; performance: Performance; keptEpoch: number },
): Uint8Array {
  const { spec } = plan;
  const { type, size, features, targetColumn, classes, sha256 } = spec.dataset;
  const content = {
    format: SIMULATED_MODEL.name,
    formatVersion: SIMULATED_MODEL.version,
    modelType: spec.modelType,
    dataset: {
      ...{ type, size, features, targetColumn },
      classes: classes?.map(({ value, share }) => ({ value, share })),
      sha256,
    },
    hyperparameters: resolveHyperparameters(spec.modelType, spec.hyperparameters),
    configuration: resolveConfiguration(spec.configuration),
    seed: spec.seed,
    faults: effectiveCurveFaults(spec),
    totalEpochs: plan.totalEpochs,
    totalBatches: plan.totalBatches,
    curve: learningCurveOf(spec),
    keptEpoch: result.keptEpoch,
    metrics: result.metrics,
    performance: result.performance,
  };
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8');
}
