import { batchesOfEpoch } from './batches.js';

const SPLITS = { validationSplit: 0.2, testSplit: 0.1 };

describe('batchesOfEpoch', () => {
  it('counts the rows that are trained on', () => {
    expect(batchesOfEpoch(10_000, SPLITS, 32)).toBe(219);
  });

  it('counts every fold', () => {
    expect(batchesOfEpoch(10_000, { ...SPLITS, crossValidationFolds: 5 }, 32)).toBe(225 * 5);
  });

  it('is one for models that do not learn in batches, and for rows not counted yet', () => {
    expect(batchesOfEpoch(10_000, SPLITS, undefined)).toBe(1);
    expect(batchesOfEpoch(null, SPLITS, 32)).toBe(1);
  });

  it('stays at least one and within the column', () => {
    expect(batchesOfEpoch(1, SPLITS, 4_096)).toBe(1);
    expect(batchesOfEpoch(1_000_000_000_000, SPLITS, 1)).toBe(2_147_483_647);
  });
});
