const HYPERPARAMETERS = {
  epochs: 100,
  batchSize: 32,
  learningRate: 0.001,
  hiddenLayers: [128, 64, 32],
  dropout: 0.2,
  optimizer: 'adam',
};

const FULL = {
  name: 'Customer Segmentation Model',
  description: 'Neural network for customer segmentation',
  datasetId: 'dataset_123',
  modelType: 'neural_network',
  hyperparameters: HYPERPARAMETERS,
};

const SHORT = {
  name: 'Customer Segmentation',
  datasetId: 'dataset_123',
  modelType: 'neural_network',
  hyperparameters: { epochs: 100, batchSize: 32, learningRate: 0.001 },
};

const SIMULATED = {
  ...SHORT,
  modelId: 'customer_segmentation_model',
  configuration: { earlyStopping: { enabled: true, patience: 5 } },
  simulation: { seed: 42, epochMs: 0, faults: [{ kind: 'overfit', atEpoch: 30 }] },
};

export const CREATE_JOB_EXAMPLES = {
  full: { summary: 'Everything about the model', value: FULL },
  short: { summary: 'The least', value: SHORT },
  simulated: { summary: 'Early stopping, and a simulator that overfits', value: SIMULATED },
};

export const UPDATE_JOB_EXAMPLES = {
  rename: { summary: 'Another name', value: { name: 'Segmentation, second try' } },
  hyperparameters: { summary: 'Other hyperparameters', value: { hyperparameters: { epochs: 20, learningRate: 0.01 } } },
};
