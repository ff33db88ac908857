import { DatasetStatus } from './dataset-state.js';
import { DatasetFormat, DatasetType } from './dataset-type.js';
import { Dataset } from './dataset.entity.js';
import { type DatasetChanges, revisionOf } from './revision.js';

const dataset = (changes: Partial<Dataset> = {}): Dataset =>
  Object.assign(new Dataset(), {
    id: 'dataset_1',
    name: 'Customers',
    description: '',
    type: DatasetType.Classification,
    size: 10,
    features: ['age'],
    targetColumn: null,
    status: DatasetStatus.Error,
    contentKey: null,
    metadata: { source: 'CRM', format: DatasetFormat.Csv },
    ...changes,
  });

const upload = { source: 'upload', format: DatasetFormat.Csv };
const codeOf = (current: Dataset, changes: DatasetChanges) => {
  try {
    revisionOf(current, changes);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return undefined;
};

describe('revisionOf', () => {
  it('processes a mended dataset again', () => {
    expect(revisionOf(dataset(), { targetColumn: 'segment' })).toMatchObject({
      name: 'Customers',
      targetColumn: 'segment',
      features: ['age'],
      declares: true,
      process: true,
    });
  });

  it('only renames without processing, in every status', () => {
    for (const status of Object.values(DatasetStatus)) {
      const revision = revisionOf(dataset({ status }), { name: 'n', description: 'd', type: undefined });
      expect(revision).toMatchObject({ name: 'n', description: 'd', declares: false, process: false });
    }
  });

  it('does not process what waits for its bytes or for a worker anyway', () => {
    const waiting = dataset({ status: DatasetStatus.Uploading });
    expect(revisionOf(waiting, { size: 5 })).toMatchObject({ declares: true, process: false });
    const failed = dataset({ metadata: upload });
    expect(revisionOf(failed, { size: 5 })).toMatchObject({ declares: true, process: false });
    const uploaded = dataset({ metadata: upload, contentKey: 'dataset_1/content_1' });
    expect(revisionOf(uploaded, { size: 5 })).toMatchObject({ declares: true, process: true });
  });

  it.each([DatasetStatus.Processing, DatasetStatus.Ready])('keeps the declaration of one that is %s', (status) => {
    expect(codeOf(dataset({ status }), { size: 5 })).toBe('dataset_immutable');
  });

  it('keeps uploads and references apart', () => {
    expect(codeOf(dataset(), { metadata: upload })).toBe('dataset_source_fixed');
    expect(codeOf(dataset({ metadata: upload }), { metadata: { ...upload, source: 'CRM' } })).toBe(
      'dataset_source_fixed',
    );
  });

  it('looks at the whole: what is there and what changes', () => {
    expect(codeOf(dataset(), { targetColumn: 'age' })).toBe('validation_failed');
    expect(codeOf(dataset({ targetColumn: 'segment' }), { features: ['segment'] })).toBe('validation_failed');
  });
});
