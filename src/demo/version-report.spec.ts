import type { ModelVersion } from '../client/resources.js';
import { versionReport } from './version-report.js';

const version: ModelVersion = {
  modelId: 'customer_segmentation_model',
  version: '1.0.0',
  status: 'ready',
  trainingJobId: 'job_1',
  filePath: 'job_1/1/model.json',
  fileSize: 2048,
  metrics: {
    accuracy: 0.943216,
    loss: 0.15,
    epochs: 100,
    confusionMatrix: [
      [900, 12],
      [7, 1081],
    ],
    featureImportance: [
      { feature: 'age', importance: 0.6 },
      { feature: 'income', importance: 0.4 },
    ],
  },
  performance: { accuracy: 0.943216, latency: 45, throughput: 1200, memoryUsage: 256 },
};

describe('versionReport', () => {
  it('puts everything measured where people find it', () => {
    expect(versionReport(version)).toBe(`Model customer_segmentation_model 1.0.0 (ready), trained by job_1
  file job_1/1/model.json, 2048 bytes

Metrics
  accuracy 0.9432
  loss     0.1500
  epochs   100

Confusion matrix (rows: true class, columns: predicted)
   900    12
     7  1081

Feature importance
  age    0.6000
  income 0.4000

Performance (simulated)
  accuracy    0.9432
  latency     45 ms
  throughput  1200 requests/s
  memoryUsage 256 MiB`);
  });

  it('leaves out what there is not', () => {
    const { metrics: _, performance: __, filePath: ___, ...bare } = version;
    expect(versionReport(bare)).toBe('Model customer_segmentation_model 1.0.0 (ready), trained by job_1');
  });
});
