import type { TrainedModel, TrainingPlan } from '../trainer.js';
import { artefactOf } from './artefact.js';
import { finalMetrics } from './final-metrics.js';
import { kept, type RunState } from './run-state.js';
import { servingPerformance } from './serving-performance.js';

/** What a finished run leaves behind; a function of the plan and the final state. */
export function trainedModel(plan: TrainingPlan, state: RunState): TrainedModel {
  const { spec } = plan;
  const measured = kept(state, spec.configuration.earlyStopping);
  const metrics = finalMetrics(spec, measured, state.last.epoch);
  const performance = servingPerformance(spec, metrics);
  return { metrics, performance, artefact: artefactOf(plan, { metrics, performance, keptEpoch: measured.epoch }) };
}
