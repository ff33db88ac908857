import { DatasetType } from '../src/modules/datasets/dataset-type.js';
import { DEFAULT_ALERTS } from '../src/modules/jobs/alerting/alert-settings.js';
import { incompatibility } from '../src/modules/jobs/hyperparameters/compatibility.js';
import { ModelType } from '../src/modules/jobs/model-type.js';
import { FaultKind } from '../src/modules/jobs/simulation/simulation.js';
import { exampleSpec, fastSimulator } from '../src/modules/training/simulator/simulator.arbitrary.js';
import type { TrainingSpec } from '../src/modules/training/trainer.js';
import type { Point } from '../src/modules/training/watch/point.js';
import { type Transition, transitionsOf } from '../src/modules/training/watch/series-watch.js';

/**
 * `npm run bench:alerts [first seed] [seeds]`: how often detectors cry wolf over healthy runs of every kind, and how many
 * epochs after a fault they notice it. Detectors were tuned on seeds below 100,000.
 */
const FIRST_SEED = Number(process.argv[2] ?? 1_000_000);
const SEEDS = Number(process.argv[3] ?? 5);
const SIZES = [300, 2_000, 10_000, 200_000];
const EPOCHS = [20, 100, 400];
const FAULT_EPOCHS = [2, 10, 20, 40];
const FAULTS: [FaultKind, string][] = [
  [FaultKind.Diverge, 'divergence'],
  [FaultKind.Plateau, 'plateau'],
  [FaultKind.Overfit, 'overfitting'],
];

const simulator = fastSimulator();

async function seriesOf(spec: TrainingSpec): Promise<Point[]> {
  const points: Point[] = [];
  for await (const report of simulator.train(simulator.plan(spec), null, new AbortController().signal)) {
    if (report.kind !== 'epoch') continue;
    const { epoch, loss, validationLoss, accuracy = null, learningRate } = report;
    points.push({ epoch, loss, validationLoss, accuracy, learningRate, durationMs: null });
  }
  return points;
}

const watched = (points: Point[]): Transition[] =>
  transitionsOf(DEFAULT_ALERTS, { epochMs: 0 }, points).filter(({ change }) => change === 'fired');

function* specs(modelType: ModelType, faults: TrainingSpec['simulation'] = {}): Generator<TrainingSpec> {
  for (const type of Object.values(DatasetType)) {
    if (incompatibility(type, modelType)) continue;
    for (const size of SIZES) {
      for (const epochs of EPOCHS) {
        for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
          yield exampleSpec({
            ...{ modelType, seed, simulation: { epochMs: 0, ...faults } },
            dataset: { type, size },
            hyperparameters: { epochs },
          });
        }
      }
    }
  }
}

const middle = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

for (const modelType of Object.values(ModelType)) {
  const alarms = new Map<string, number>();
  const first: string[] = [];
  let runs = 0;
  for (const spec of specs(modelType)) {
    runs += 1;
    for (const { rule, epoch, detail } of watched(await seriesOf(spec))) {
      alarms.set(rule, (alarms.get(rule) ?? 0) + 1);
      if (first.length < 3)
        first.push(`  ${rule} in epoch ${epoch} of ${spec.dataset.type} ${spec.dataset.size}: ${detail}`);
    }
  }
  console.log(`${modelType}: ${runs} healthy runs, false alarms ${JSON.stringify(Object.fromEntries(alarms))}`);
  first.forEach((line) => console.log(line));
  for (const [kind, rule] of FAULTS) {
    for (const atEpoch of FAULT_EPOCHS) {
      const delays: number[] = [];
      let all = 0;
      for (const spec of specs(modelType, { faults: [{ kind, atEpoch }] })) {
        if ((spec.hyperparameters.epochs as number) < atEpoch + 40) continue;
        all += 1;
        const fired = watched(await seriesOf(spec)).find((transition) => transition.rule === rule);
        if (fired) delays.push(fired.epoch - atEpoch);
      }
      console.log(
        `  ${kind} at ${atEpoch}: ${delays.length} of ${all} noticed, after ${middle(delays)} epochs (median), ${Math.max(...delays)} at most`,
      );
    }
  }
}
