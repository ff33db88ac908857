import { FaultKind } from '../../jobs/simulation/simulation.js';
import { runToEnd } from '../trainer.contract.js';
import type { TrainingSpec } from '../trainer.js';
import { exampleSpec, fastSimulator } from './simulator.arbitrary.js';

const spec = exampleSpec({ hyperparameters: { epochs: 5 } });
const artefactOf = async (given: TrainingSpec) =>
  Buffer.from((await runToEnd(fastSimulator(), given)).model.artefact).toString();
const reversed = <T extends object>(value: T) => Object.fromEntries(Object.entries(value).toReversed()) as T;

test('says what it is', async () => {
  const { model } = await runToEnd(fastSimulator(), spec);
  expect(JSON.parse(Buffer.from(model.artefact).toString())).toMatchObject({
    format: 'ai-training-platform/simulated-model',
    formatVersion: 1,
    modelType: 'neural_network',
    seed: 42,
    keptEpoch: 5,
    metrics: model.metrics,
    performance: model.performance,
  });
});

test('is the same whatever the speed, the attempt, the process faults and the order of keys', async () => {
  const other: TrainingSpec = {
    ...reversed(spec),
    hyperparameters: reversed(spec.hyperparameters),
    configuration: reversed(spec.configuration),
    dataset: reversed(spec.dataset),
    simulation: { epochMs: 1, faults: [{ kind: FaultKind.Fail, atEpoch: 2, attempts: 3 }] },
    attempt: 4,
  };
  expect(await artefactOf(other)).toBe(await artefactOf(spec));
});

test('differs where the curve does', async () => {
  const bent = { ...spec, simulation: { epochMs: 0, faults: [{ kind: FaultKind.Plateau, atEpoch: 2 }] } };
  expect(await artefactOf(bent)).not.toBe(await artefactOf(spec));
});
