import { DatasetFormat, DatasetType } from '../../datasets/dataset-type.js';
import type { Dataset } from '../../datasets/dataset.entity.js';
import type { Job } from '../../jobs/job.entity.js';
import { JobStatus } from '../../jobs/job-state.js';
import { ModelType } from '../../jobs/model-type.js';
import { ArtefactState } from '../artefact-state.js';
import { DeploymentKind } from '../deployment/deployment.entity.js';
import type { ModelVersion } from '../model-version.entity.js';
import { VersionStatus } from '../version-state.js';
import { cardOf, type CardSources } from './card-of.js';
import { markdownOf } from './card.markdown.js';
import { code, table } from './markdown.js';
import { settings } from './settings.js';

const AT = new Date('2026-01-31T12:00:00Z');
const HOSTILE =
  'a|b `c` <img src=x onerror=y>\n# [d](javascript:e) **f** \\| @g \u202eh www.evil.example http://x a@b.cc #1';
const point = { epoch: 2, loss: 0.25, validationLoss: 0.5, accuracy: 0.75 };

function sources(
  overrides: { version?: Partial<ModelVersion>; dataset?: Partial<Dataset>; job?: Partial<Job> } = {},
): CardSources {
  const dataset = {
    ...{ id: 'dataset_1', name: HOSTILE, type: DatasetType.Classification, size: 10_000, targetColumn: HOSTILE },
    ...{ features: Array.from({ length: 60 }, (_, index) => `f_${index}`) },
    ...{ metadata: { source: HOSTILE, format: DatasetFormat.Csv } },
    ...overrides.dataset,
  } as Dataset;
  const job = {
    ...{
      id: 'job_2',
      datasetId: 'dataset_1',
      modelType: ModelType.NeuralNetwork,
      seed: 7,
      totalEpochs: 10,
      currentEpoch: 2,
    },
    ...{ hyperparameters: { optimizer: 'adam', epochs: 10, hiddenLayers: [2, 1] } },
    ...{ configuration: { testSplit: 0.1, earlyStopping: { enabled: false } }, simulation: { seed: 7 } },
    ...{ datasetSha256: null, startedAt: AT, completedAt: AT, actualDuration: 5, historyRemovedAt: null },
    ...overrides.job,
    dataset,
  } as unknown as CardSources['job'];
  const version = {
    ...{ id: 'version_1', modelId: 'm', version: '1.2.0', status: VersionStatus.Ready, statusReason: null },
    ...{ labels: { [HOSTILE]: HOSTILE }, createdAt: AT, deployedAt: null, verifiedAt: AT },
    metrics: {
      ...{ accuracy: 0.75, loss: 0.25, validationLoss: 0.5, epochs: 2, classes: [HOSTILE, 'no'] },
      ...{
        confusionMatrix: [
          [3, 1],
          [0, 4],
        ],
        featureImportance: [{ feature: HOSTILE, importance: 1 }],
      },
    },
    performance: { accuracy: 0.75, latency: 4, throughput: 100, memoryUsage: 64 },
    ...{ filePath: 'm/job_2/attempt-1.json', fileSize: 99, sha256: 'a'.repeat(64) },
    ...{ artefactState: ArtefactState.Intact, artefactCheckedAt: AT, artefactDeletedAt: null },
    verdict: {
      ...{ reproducible: false, jobId: 'job_3', storedArtifact: ArtefactState.Intact },
      firstDifference: { what: 'progress', epoch: 1, series: 'loss', expected: 0.5, actual: 0.25 },
    },
    ...overrides.version,
  } as ModelVersion;
  return {
    ...{ version, job, curve: { first: point, last: point, highestAccuracy: point } },
    retried: [{ id: 'job_1', status: JobStatus.Failed, errorCode: 'worker_lost' }],
    deployments: {
      count: 3,
      last: { number: 4, kind: DeploymentKind.Deploy, at: AT, actor: HOSTILE, reason: HOSTILE },
    },
    format: { name: 'ai-training-platform/simulated-model', version: 1 },
  };
}

/** What is outside of code spans, where there could be more than text; a span ends with as many backticks as it began. */
const outside = (page: string) => page.replace(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g, '');
/** Nothing of it may stand there. */
const ACTIVE = [/<img/, /\]\(/, /\*\*f/, /# \[/, /@/, /`/, /a\\?\|b/, /\u202e/, /www/, /http/, /#1/, /&#/];

test('a card holds what is known, and says that it is simulated', () => {
  const card = cardOf(sources());
  expect(card).toMatchObject({
    simulated: true,
    data: { featureCount: 60, size: 10_000, source: HOSTILE },
    curve: { plannedEpochs: 10, epochs: 2, last: point },
    lineage: { jobId: 'job_2', retried: [{ id: 'job_1' }] },
    artifact: { fileName: 'm-1.2.0.json', size: 99, state: 'intact' },
    verification: { reproducible: false, firstDifference: { what: 'progress', epoch: 1 }, verifiedAt: AT },
  });
  expect(card.data.features).toHaveLength(50);
  expect(cardOf({ ...sources(), format: { name: 'real', version: 1 } }).simulated).toBe(false);
  expect(cardOf({ ...sources(), format: null }).simulated).toBe(true);
});

test('leaves out what is not known', () => {
  const bare = { metrics: null, performance: null, filePath: null, verdict: null, labels: {} };
  const dataset = { features: null, size: null, targetColumn: null };
  const given = {
    ...sources({ version: bare, dataset }),
    curve: {},
    deployments: { count: 0 },
    retried: [],
  };
  const card = cardOf(given);
  expect(card).toMatchObject({ metrics: undefined, artifact: undefined, verification: undefined });
  const page = markdownOf(card);
  expect(page).toContain('Never deployed.');
  expect(page).toContain('2 of 10 epochs were run.');
  expect(page).not.toMatch(/undefined|null|NaN|## Metrics|## Model file/);
});

test('says so where the curve was removed', () => {
  const page = markdownOf(cardOf({ ...sources({ job: { historyRemovedAt: AT } }), curve: {} }));
  expect(page).toContain(
    `2 of 10 epochs were run. What each of them came to is kept no more, since ${AT.toISOString()}.`,
  );
});

test('the page has a section for each part, and well-formed tables', () => {
  const page = markdownOf(cardOf(sources()));
  expect(page.match(/^#+ .*$/gm)).toEqual([
    '# Model card: `m` 1.2.0',
    ...['Data', 'Hyperparameters', 'Configuration', 'Learning curve', 'Metrics', 'Confusion matrix'].map(
      (t) => `## ${t}`,
    ),
    ...['Feature importance', 'Performance', 'Lineage', 'Model file', 'Deployments'].map((t) => `## ${t}`),
  ]);
  expect(page).toContain('**Simulated.**');
  for (const block of page.split('\n\n').filter((text) => text.startsWith('|'))) {
    const widths = block
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(widths).size).toBe(1);
  }
  expect(page).toMatch(/\| \*\*``a\\\|b .*``\*\* \| 3 \| 1 \|\n\| \*\*`no`\*\* \| 0 \| 4 \|/);
  expect(page).toContain('| `earlyStopping.enabled` | `false` |');
  expect(page).toContain('and 10 more');
  expect(page).toContain('progress, epoch 1, loss: 0.25 instead of 0.5');
});

test('nothing that others wrote is more than text', () => {
  const page = markdownOf(cardOf(sources()));
  for (const pattern of ACTIVE) expect(outside(page)).not.toMatch(pattern);
});

test.each([
  ['www.evil.example', '`www.evil.example`'],
  ['http://x', '`http://x`'],
  ['a@b.cc', '`a@b.cc`'],
  ['@name #1 <b>&amp;', '`@name #1 <b>&amp;`'],
  ['a|b\r\n<c>', '`a\\|b <c>`'],
  ['a\\|b\\', '`a\\ \\|b\\`'],
  ['a\\\\|b', '`a\\\\ \\|b`'],
  ['a`b``c', '```a`b``c```'],
  ['`a', '`` `a ``'],
  ['a`', '`` a` ``'],
  ['\u200b\n', '` `'],
])('%j stands in a cell as %s', (text, span) => {
  expect(code(text)).toBe(span);
});

test('a large confusion matrix is for programs', () => {
  const matrix = Array.from({ length: 21 }, () => Array.from({ length: 21 }, () => 1));
  const metrics = { loss: 1, validationLoss: 1, epochs: 1, confusionMatrix: matrix };
  expect(markdownOf(cardOf(sources({ version: { metrics } })))).toContain('Of 21 classes: see');
  const small = { ...metrics, confusionMatrix: [[1]] };
  expect(markdownOf(cardOf(sources({ version: { metrics: small } })))).toContain('| **class 0** | 1 |');
});

test('settings are one level, in order', () => {
  const given = { b: { d: [1, 'x'], c: true }, a: 1, e: undefined, f: null, g: { h: { i: 'j' } } };
  expect(Object.entries(settings(given))).toEqual([
    ['a', 1],
    ['b.c', 'true'],
    ['b.d', '[1,"x"]'],
    ['g.h.i', 'j'],
  ]);
  expect(table(['x'], [['y']])).toBe('| x |\n| --- |\n| y |');
});
