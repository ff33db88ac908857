import { DatasetFormat, DatasetType } from '../datasets/dataset-type.js';
import { problemOf } from './declaration.js';

const declaration = (overrides = {}) => ({
  type: DatasetType.Classification,
  targetColumn: 'segment',
  metadata: { format: DatasetFormat.Csv },
  ...overrides,
});

describe('problemOf a declaration', () => {
  it.each([DatasetType.Classification, DatasetType.Regression])('asks for a target of %s', (type) => {
    expect(problemOf(declaration({ type, targetColumn: null }))).toMatchObject({ code: 'target_column_missing' });
    expect(problemOf(declaration({ type }))).toBeNull();
  });

  it.each([DatasetType.Clustering, DatasetType.Nlp, DatasetType.ComputerVision])('asks for none of %s', (type) => {
    expect(problemOf(declaration({ type, targetColumn: null }))).toBeNull();
  });

  it('keeps images for computer vision', () => {
    const format = DatasetFormat.Images;
    expect(problemOf(declaration({ metadata: { format } }))).toMatchObject({ code: 'format_does_not_fit' });
    expect(problemOf(declaration({ metadata: { format }, type: DatasetType.ComputerVision }))).toBeNull();
  });
});
