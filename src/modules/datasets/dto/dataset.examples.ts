const FULL = {
  name: 'Customer Classification Dataset',
  description: 'Dataset for customer behavior classification',
  type: 'classification',
  size: 10_000,
  features: ['age', 'income', 'purchase_history', 'location'],
  targetColumn: 'customer_segment',
  metadata: { source: 'CRM_system', format: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true },
};

const SHORT = {
  name: 'Customer Data',
  type: 'classification',
  size: 5_000,
  features: ['age', 'income', 'purchases'],
  targetColumn: 'segment',
  metadata: { source: 'CRM', format: 'csv' },
};

const UPLOAD = {
  name: 'Reviews',
  type: 'nlp',
  metadata: { source: 'upload', format: 'json' },
};

export const CREATE_DATASET_EXAMPLES = {
  full: { summary: 'Everything given', value: FULL },
  short: { summary: 'The least for data held elsewhere', value: SHORT },
  upload: { summary: 'Bytes to follow', value: UPLOAD },
};

export const UPDATE_DATASET_EXAMPLES = {
  rename: { summary: 'Another name', value: { name: 'Customers, spring' } },
  target: { summary: 'The target that was missing', value: { targetColumn: 'segment' } },
};
