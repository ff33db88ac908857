import { readFileSync } from 'node:fs';
import { DatasetType } from '../../datasets/dataset-type.js';
import { incompatibility } from '../../jobs/hyperparameters/compatibility.js';
import { ValidationStrategy } from '../../jobs/configuration/training-configuration.js';
import { ModelType } from '../../jobs/model-type.js';
import { FaultKind } from '../../jobs/simulation/simulation.js';
import { FORMAT_WITHIN, formatIn, SIMULATED_MODEL } from '../../models/artefacts/artefact-format.js';
import { runToEnd } from '../trainer.contract.js';
import type { TrainingSpec } from '../trainer.js';
import { exampleSpec, fastSimulator } from './simulator.arbitrary.js';

const page = readFileSync('docs/artifact-format.md', 'utf8');
const DOCUMENTED = [...page.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]!);
/** Documented elsewhere, by the API itself. */
const OPAQUE = 'hyperparameters';

const classes = [
  { share: 0.75, value: 'yes' },
  { share: 0.25, value: 'no' },
];
const few = { hyperparameters: { epochs: 3 } };
const faults = [FaultKind.Diverge, FaultKind.Plateau, FaultKind.Overfit, FaultKind.AccuracyDrop].map((kind) => ({
  kind,
  atEpoch: 2,
}));

/** Between them they have every field: each pair of model and data, an upload, folds, early stopping, bent curves. */
const SPECS: TrainingSpec[] = [
  ...Object.values(ModelType).flatMap((modelType) =>
    Object.values(DatasetType)
      .filter((type) => incompatibility(type, modelType) === null)
      .map((type) => exampleSpec({ modelType, dataset: { type }, hyperparameters: {} })),
  ),
  exampleSpec({ ...few, dataset: { classes, sha256: 'a'.repeat(64) } }),
  exampleSpec({
    ...few,
    configuration: { validationStrategy: ValidationStrategy.KFold, earlyStopping: { patience: 2 } },
  }),
  exampleSpec({ ...few, simulation: { epochMs: 0, faults } }),
  exampleSpec({ ...few, dataset: { features: [] }, configuration: { preprocessing: { normalization: false } } }),
];

/** Paths of all that holds no further fields, in order; `[]` goes into a list of objects. */
function fieldsOf(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const here = path + name;
    if (here === OPAQUE || typeof inner !== 'object' || inner === null) return [here];
    if (!Array.isArray(inner)) return fieldsOf(inner, `${here}.`);
    const [first] = inner as unknown[];
    const isOfObjects = typeof first === 'object' && first !== null && !Array.isArray(first);
    return isOfObjects ? [here, ...fieldsOf(first, `${here}[].`)] : [here];
  });
}

/** Whether `some` come in the order that they have among `all`. */
const inOrder = (some: readonly string[], all: readonly string[]) =>
  JSON.stringify(some) === JSON.stringify(all.filter((field) => some.includes(field)));

describe('docs/artifact-format.md', () => {
  let files: string[];

  beforeAll(async () => {
    const models = SPECS.map(async (spec) => (await runToEnd(fastSimulator(), spec)).model.artefact);
    files = (await Promise.all(models)).map((bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  });

  it('names every field of the files and no other, in their order', () => {
    const found = files.map((file) => fieldsOf(JSON.parse(file) as object));
    expect([...new Set(found.flat())].toSorted()).toEqual(DOCUMENTED.toSorted());
    for (const fields of found) expect([fields, inOrder(fields, DOCUMENTED)]).toEqual([fields, true]);
  });

  it('says which format they are', () => {
    const { name, version } = SIMULATED_MODEL;
    expect(page).toContain(`\`${name}\`, version ${version}`);
    for (const file of files) expect(formatIn(file.slice(0, FORMAT_WITHIN))).toEqual(SIMULATED_MODEL);
  });

  it('says how they are written down', () => {
    for (const file of files) {
      expect(file).toBe(`${JSON.stringify(JSON.parse(file), null, 2)}\n`);
      expect(file).not.toMatch(/null|NaN|\d{4}-\d\d-\d\dT/);
    }
    const names = DOCUMENTED.map((field) => field.split('.').at(-1)!);
    expect(names.filter((name) => /job|attempt|worker|date|^time$/i.test(name) || /(Time|At)$/.test(name))).toEqual([]);
  });
});
