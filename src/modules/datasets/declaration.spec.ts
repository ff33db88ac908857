import { DatasetFormat, DatasetType } from './dataset-type.js';
import { checkDeclaration, type Declaration } from './declaration.js';

const declaration = (changes: Partial<Declaration> = {}): Declaration => ({
  type: DatasetType.Classification,
  size: 10,
  features: ['age', 'income'],
  targetColumn: 'segment',
  metadata: { source: 'CRM', format: DatasetFormat.Csv },
  ...changes,
});

const codes = (changes: Partial<Declaration>) =>
  checkDeclaration(declaration(changes)).map(({ pointer, code }) => `${pointer} ${code}`);

describe('checkDeclaration', () => {
  it('accepts a whole one, with or without a target', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ targetColumn: null })).toEqual([]);
  });

  it('wants size and features for data held elsewhere', () => {
    expect(codes({ size: null, features: null })).toEqual(['/size required', '/features required']);
  });

  it('takes no source for an upload that is not quite one', () => {
    expect(codes({ metadata: { source: 'Upload', format: DatasetFormat.Csv } })).toEqual([
      '/metadata/source not_quite_upload',
    ]);
  });

  it('lets an upload leave them out', () => {
    expect(codes({ size: null, features: null, metadata: { source: 'upload', format: DatasetFormat.Csv } })).toEqual(
      [],
    );
  });

  it('keeps the target out of the features', () => {
    expect(codes({ targetColumn: 'age' })).toEqual(['/targetColumn target_in_features']);
  });
});
