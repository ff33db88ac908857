import { DATASET_TRANSITIONS, DatasetStatus } from './dataset-state.js';

describe('the states of a dataset', () => {
  it('are these, and no others', () => {
    expect(DATASET_TRANSITIONS).toEqual({
      uploading: ['processing'],
      processing: ['ready', 'error'],
      ready: [],
      error: ['processing'],
    });
  });

  it('end in ready, from wherever', () => {
    const reachable = (from: DatasetStatus, seen = new Set<DatasetStatus>()): Set<DatasetStatus> => {
      for (const next of DATASET_TRANSITIONS[from]) if (!seen.has(next)) reachable(next, seen.add(next));
      return seen;
    };
    for (const status of [DatasetStatus.Uploading, DatasetStatus.Processing, DatasetStatus.Error]) {
      expect(reachable(status)).toContain(DatasetStatus.Ready);
    }
  });
});
