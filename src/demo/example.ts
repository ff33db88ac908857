/** The request bodies of the example that the platform was first described with, word for word. */
export const EXAMPLE_DATASET = {
  name: 'Customer Classification Dataset',
  description: 'Dataset for customer behavior classification',
  type: 'classification',
  size: 10_000,
  features: ['age', 'income', 'purchase_history', 'location'],
  targetColumn: 'customer_segment',
  metadata: { source: 'CRM_system', format: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true },
};

export const exampleJob = (datasetId: string) => ({
  name: 'Customer Segmentation Model',
  description: 'Neural network for customer segmentation',
  datasetId,
  modelType: 'neural_network',
  hyperparameters: {
    epochs: 100,
    batchSize: 32,
    learningRate: 0.001,
    hiddenLayers: [128, 64, 32],
    dropout: 0.2,
    optimizer: 'adam',
  },
});
