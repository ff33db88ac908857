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
    expect([1, 1_000, 1_000_000].map((epochs) => bucketsOf(10, 2, epochs).steps)).toEqual([1, 7, 224]);
  });
});
