import { bucketsOf, bucketsWithin } from './buckets.js';

describe('buckets', () => {
  it.each([
    [1_000, 2, 166],
    [10, 4, 1],
    [2, 1, 1],
    [10_000, 1, 2_500],
  ])('within %i points of %i series are %i', (maxPoints, series, count) => {
    expect(bucketsWithin(maxPoints, series, 1_000_000).count).toBe(count);
  });

  it('have more steps the longer they are, and one at least', () => {
    expect([1, 1_000, 2_559].map((epochs) => bucketsOf(10, 2, epochs).steps)).toEqual([1, 7, 11]);
  });

  it('are made of blocks where each has one at least, or two where they are to be as good as equal', () => {
    expect(bucketsOf(10, 2, 2_560)).toEqual({ count: 10, steps: null });
    expect([5_119, 5_120].map((epochs) => bucketsWithin(60, 2, epochs).steps)).toEqual([16, null]);
  });
});
