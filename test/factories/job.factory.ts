/** The job of the original example, without its dataset. */
export const EXAMPLE_JOB = {
  name: 'Customer Segmentation Model',
  description: 'Neural network for customer segmentation',
  modelType: 'neural_network',
  hyperparameters: {
    epochs: 100,
    batchSize: 32,
    learningRate: 0.001,
    hiddenLayers: [128, 64, 32],
    dropout: 0.2,
    optimizer: 'adam',
  },
};

/** Ten quick epochs. */
export function jobBody(datasetId: string, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const { name, modelType } = EXAMPLE_JOB;
  return { name, modelType, datasetId, hyperparameters: { epochs: 10 }, simulation: { seed: 7 }, ...overrides };
}
