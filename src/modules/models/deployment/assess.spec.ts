import { DatasetStatus } from '../../datasets/dataset-state.js';
import type { Metrics } from '../../jobs/metrics.js';
import { ArtefactState } from '../artefact-state.js';
import { assess } from './assess.js';
import type { Facts } from './facts.js';
import type { DeploymentPolicy } from './policy.js';

const metrics = (overrides: Partial<Metrics> = {}): Metrics => ({
  accuracy: 0.8,
  loss: 0.4,
  validationLoss: 0.5,
  epochs: 1,
  ...overrides,
});

const factsOf = (overrides: Partial<Facts> = {}): Facts => ({
  version: '1.1.0',
  artefactState: ArtefactState.Intact,
  metrics: metrics(),
  reproducible: true,
  dataset: { id: 'dataset_1', status: DatasetStatus.Ready, size: 1_000 },
  deployed: { version: '1.0.0', metrics: metrics() },
  ...overrides,
});

/** All but the file's. */
const assessed = (policy: DeploymentPolicy, overrides: Partial<Facts> = {}) => {
  const [file, ...rest] = assess(policy, factsOf(overrides));
  expect(file).toMatchObject({ condition: 'artifact_intact', met: true });
  return rest;
};
const only = (policy: DeploymentPolicy, overrides: Partial<Facts> = {}) => {
  const found = assessed(policy, overrides);
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('a policy held against a version', () => {
  it('asks for an intact file, whatever else it asks for', () => {
    const detail = 'The stored model file is what was stored.';
    const intact = { condition: 'artifact_intact', met: true, detail, actual: 'intact', wanted: { state: 'intact' } };
    expect(assess(null, factsOf())).toEqual([intact]);
    expect(assess({}, factsOf())).toEqual([intact]);
    expect(assess({ datasetReady: false, reproducible: false, metrics: [], noWorse: [] }, factsOf())).toEqual([intact]);
  });

  it.each([
    [ArtefactState.Damaged, 'damaged'],
    [ArtefactState.Missing, 'missing'],
    [ArtefactState.Deleted, 'deleted'],
    [null, 'missing'],
  ])('takes a file that is %s for %s', (artefactState, actual) => {
    expect(assess(null, factsOf({ artefactState }))).toMatchObject([
      { met: false, actual, detail: `The stored model file is ${actual}.` },
    ]);
  });

  it('tells every condition, in the order of the policy', () => {
    const policy: DeploymentPolicy = {
      metrics: [
        { metric: 'loss', max: 1 },
        { metric: 'accuracy', min: 0.9 },
      ],
      noWorse: [{ metric: 'accuracy', by: 0 }],
      datasetReady: true,
      reproducible: true,
      minimumDataSize: 1,
    };
    expect(assess(policy, factsOf()).map(({ condition, met }) => [condition, met])).toEqual([
      ['artifact_intact', true],
      ['metric_bound', true],
      ['metric_bound', false],
      ['no_worse', true],
      ['dataset_ready', true],
      ['reproducible', true],
      ['minimum_data_size', true],
    ]);
  });
});

describe('a bound of a metric', () => {
  it.each([
    [{ min: 0.8 }, true, 'at least 0.8'],
    [{ min: 0.800001 }, false, 'at least 0.800001'],
    [{ max: 0.8 }, true, 'at most 0.8'],
    [{ max: 0.799999 }, false, 'at most 0.799999'],
    [{ min: 0.8, max: 0.8 }, true, 'at least 0.8 and at most 0.8'],
    [{ min: 0.7, max: 0.75 }, false, 'at least 0.7 and at most 0.75'],
    [{ min: -5 }, true, 'at least -5'],
  ])('%j', (wanted, met, words) => {
    expect(only({ metrics: [{ metric: 'accuracy', ...wanted }] })).toEqual({
      condition: 'metric_bound',
      met,
      detail: `accuracy is 0.8; it must be ${words}.`,
      metric: 'accuracy',
      actual: 0.8,
      wanted,
    });
  });

  it.each([metrics({ accuracy: undefined }), null])('is not met by a version without it', (none) => {
    expect(only({ metrics: [{ metric: 'accuracy', max: 1 }] }, { metrics: none })).toEqual({
      condition: 'metric_bound',
      met: false,
      detail: 'The version has no accuracy; it must be at most 1.',
      metric: 'accuracy',
      wanted: { max: 1 },
    });
  });

  it('takes 0 for a measurement', () => {
    const zero = { metrics: metrics({ accuracy: 0 }) };
    expect(only({ metrics: [{ metric: 'accuracy', min: 0, max: 0 }] }, zero)).toMatchObject({ met: true, actual: 0 });
  });
});

describe('no worse than what is deployed', () => {
  const against = (deployed: Partial<Metrics>) => ({ deployed: { version: '1.0.0', metrics: metrics(deployed) } });

  it.each([
    // The version has an accuracy of 0.8, and higher is better.
    ['accuracy' as const, 0.8, 0, true],
    ['accuracy' as const, 0.8000001, 0, false],
    ['accuracy' as const, 0.7, 0, true],
    ['accuracy' as const, 0.9, 0.1, true],
    ['accuracy' as const, 0.91, 0.1, false],
    // Its loss is 0.4, and lower is better.
    ['loss' as const, 0.4, 0, true],
    ['loss' as const, 0.3999999, 0, false],
    ['loss' as const, 0.5, 0, true],
    ['loss' as const, 0.3, 0.1, true],
    ['loss' as const, 0.29, 0.1, false],
  ])('%s against %d, by %d', (metric, deployed, by, met) => {
    expect(only({ noWorse: [{ metric, by }] }, against({ [metric]: deployed }))).toEqual({
      condition: 'no_worse',
      met,
      detail: `${metric} is ${metrics()[metric]}; it must not be worse than that of 1.0.0, ${deployed}, by more than ${by}.`,
      metric,
      actual: metrics()[metric],
      wanted: { by, deployedVersion: '1.0.0', deployed },
    });
  });

  const policy: DeploymentPolicy = { noWorse: [{ metric: 'accuracy', by: 0 }] };

  it('is met where nothing is deployed', () => {
    const detail = 'No version is deployed that it could be worse than.';
    expect(only(policy, { deployed: null })).toMatchObject({ met: true, detail, actual: 0.8, wanted: { by: 0 } });
    expect(only(policy, { deployed: null, metrics: null })).toMatchObject({ met: true, detail });
  });

  it('is met where the deployed version has no such measurement', () => {
    const detail = 'The deployed version 1.0.0 has no accuracy.';
    expect(only(policy, against({ accuracy: undefined }))).toMatchObject({ met: true, detail });
    expect(only(policy, { deployed: { version: '1.0.0', metrics: null } })).toMatchObject({ met: true, detail });
  });

  it('is met by the deployed version itself', () => {
    const deployed = { version: '1.1.0', metrics: metrics() };
    const detail = '1.1.0 is itself the version that is deployed.';
    expect(only(policy, { deployed })).toMatchObject({ met: true, detail });
  });

  it('is not met by a version without the measurement', () => {
    const found = only(policy, { metrics: metrics({ accuracy: undefined }) });
    expect(found).toMatchObject({ met: false, wanted: { deployed: 0.8 } });
    expect(found.detail).toMatch(/^The version has no accuracy; /);
    expect(found).not.toHaveProperty('actual');
  });
});

describe('the dataset', () => {
  const withDataset = (overrides: Partial<Facts['dataset']>) => ({ dataset: { ...factsOf().dataset, ...overrides } });

  it('is ready, or not', () => {
    const policy = { datasetReady: true };
    const detail = 'Its dataset dataset_1 is ready.';
    expect(only(policy)).toMatchObject({ condition: 'dataset_ready', met: true, detail, actual: 'ready' });
    expect(only(policy, withDataset({ status: DatasetStatus.Error }))).toMatchObject({
      met: false,
      detail: 'Its dataset dataset_1 is error; it must be ready.',
      actual: 'error',
      wanted: { status: 'ready' },
    });
  });

  it.each([
    [1_000, true],
    [1_001, false],
  ])('is large enough, or not: %d', (min, met) => {
    expect(only({ minimumDataSize: min })).toEqual({
      condition: 'minimum_data_size',
      met,
      detail: `Its dataset dataset_1 has 1000 rows; it must have at least ${min}.`,
      actual: 1_000,
      wanted: { min },
    });
  });

  it('is not large enough when nobody knows its size', () => {
    const found = only({ minimumDataSize: 1 }, withDataset({ size: null }));
    expect(found).toMatchObject({ met: false, detail: expect.stringContaining('is not known') as string });
    expect(found).not.toHaveProperty('actual');
  });
});

describe('reproducible', () => {
  it.each([
    [true, true, 'Its newest verification found the same.'],
    [false, false, 'Its newest verification found something else.'],
    [null, false, 'It was not verified yet.'],
  ])('%p', (reproducible, met, detail) => {
    const found = only({ reproducible: true }, { reproducible });
    expect(found).toMatchObject({ condition: 'reproducible', met, detail, wanted: { reproducible: true } });
    expect(found.actual).toBe(reproducible ?? undefined);
  });
});
