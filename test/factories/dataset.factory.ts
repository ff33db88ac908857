/** The dataset of the original example. */
export const EXAMPLE_DATASET = {
  name: 'Customer Classification Dataset',
  description: 'Dataset for customer behavior classification',
  type: 'classification',
  size: 10000,
  features: ['age', 'income', 'purchase_history', 'location'],
  targetColumn: 'customer_segment',
  metadata: { source: 'CRM_system', format: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true },
};

export function datasetBody(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...EXAMPLE_DATASET, ...overrides };
}
