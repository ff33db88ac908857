import { JobPhase } from '../../jobs/job-state.js';
import { batchesOfEpoch } from '../../jobs/batches.js';
import { incompatibility } from '../../jobs/hyperparameters/compatibility.js';
import { epochDuration, phaseDuration, totalEpochs } from '../../jobs/hyperparameters/duration.js';
import { IncompatibleModelTypeError } from '../../jobs/hyperparameters/hyperparameters.errors.js';
import { resolveHyperparameters } from '../../jobs/hyperparameters/resolve-hyperparameters.js';
import { FaultKind } from '../../jobs/simulation/simulation.js';
import { assertFaultsAllowed } from '../../jobs/simulation/process-fault.js';
import {
  type BatchReport,
  type Checkpoint,
  type TrainedModel,
  Trainer,
  type TrainingPlan,
  type TrainingReport,
  type TrainingSpec,
} from '../trainer.js';
import { firstEpoch } from './curve-faults.js';
import { breathe, wait } from './interruptible-wait.js';
import { Learner } from './learner.js';
import { processHarm } from './process-harm.js';
import { advanced, isFinished, restored } from './run-state.js';
import type { SimulatorOptions } from './simulator.options.js';
import { strike } from './striking-faults.js';
import { trainedModel } from './trained-model.js';

/** Longest silence inside an epoch, milliseconds. */
const LONGEST_SLICE_MS = 1000;
/** How many times as long an epoch takes that a fault makes slow. */
const SLOWNESS = 10;
/** Epochs without any wait after which the event loop gets its turn. */
const EPOCHS_PER_BREATH = 64;

/** The default engine: pure arithmetic on (seed, spec, epoch) that takes its time. See docs/simulator.md. */
export class SimulatorTrainer extends Trainer {
  constructor(private readonly options: SimulatorOptions) {
    super();
  }

  plan(spec: TrainingSpec): TrainingPlan {
    const unfit = incompatibility(spec.dataset.type, spec.modelType);
    if (unfit) throw new IncompatibleModelTypeError(unfit);
    assertFaultsAllowed(spec.simulation, this.options.processFaults);
    const complete = { ...spec, hyperparameters: resolveHyperparameters(spec.modelType, spec.hyperparameters) };
    return {
      spec: complete,
      totalEpochs: totalEpochs(complete.hyperparameters),
      totalBatches: batchesOfEpoch(spec.dataset.size, spec.configuration, complete.hyperparameters.batchSize),
      epochMs: epochDuration(spec, this.options.epochMs),
    };
  }

  async *train(
    plan: TrainingPlan,
    from: Checkpoint | null,
    signal: AbortSignal,
  ): AsyncGenerator<TrainingReport, TrainedModel> {
    signal.throwIfAborted();
    const { spec, epochMs } = plan;
    const { earlyStopping } = spec.configuration;
    let state = restored(from);
    const learner = new Learner(spec, state?.last.epoch ?? 0);
    while (!isFinished(state, plan.totalEpochs, earlyStopping)) {
      const epoch = (state?.last.epoch ?? 0) + 1;
      yield* passEpoch(plan, epoch, signal);
      await strike(spec, epoch, this.options.harm ?? processHarm, signal);
      const measured = learner.next();
      state = advanced(state, measured, earlyStopping);
      yield { kind: 'epoch', ...measured, checkpoint: state };
      signal.throwIfAborted();
    }
    for (const phase of [JobPhase.Evaluating, JobPhase.Measuring] as const) {
      yield { kind: 'phase', phase };
      await wait(phaseDuration(epochMs), signal);
    }
    return trainedModel(plan, state!);
  }
}

/** Spends the time of one epoch; long ones say now and then where they are. */
async function* passEpoch(
  { spec, epochMs: usualMs, totalBatches }: TrainingPlan,
  epoch: number,
  signal: AbortSignal,
): AsyncGenerator<BatchReport, void> {
  const epochMs = epoch >= firstEpoch(spec, FaultKind.SlowEpochs) ? SLOWNESS * usualMs : usualMs;
  if (epochMs === 0 && epoch % EPOCHS_PER_BREATH === 0) await breathe(signal);
  const slices = Math.max(1, Math.ceil(epochMs / LONGEST_SLICE_MS));
  for (let slice = 1; slice <= slices; slice++) {
    await wait(epochMs / slices, signal);
    if (slice === slices) return;
    yield { kind: 'batch', epoch, batch: Math.floor((totalBatches * slice) / slices) };
    signal.throwIfAborted();
  }
}
