import fc from 'fast-check';
import { Curve } from './curve.js';

describe('Curve', () => {
  it('spreads few epochs over the columns, and leaves the others empty', () => {
    const curve = new Curve();
    [5, 4, 3].forEach((value, index) => curve.add(index + 1, value));
    expect(curve.columns(3, 5).map((stretch) => stretch?.last)).toEqual([5, undefined, 4, undefined, 3]);
    expect(curve.columns(5, 5).map((stretch) => stretch?.last)).toEqual([5, 4, 3, undefined, undefined]);
    expect(curve.last).toBe(3);
  });

  it('keeps first, last and extremes of the epochs that share a column', () => {
    const curve = new Curve();
    [3, 9, 1, 4].forEach((value, index) => curve.add(index + 1, value));
    expect(curve.columns(4, 1)).toEqual([{ first: 3, last: 4, min: 1, max: 9 }]);
  });

  it('has holes where there is no number', () => {
    const curve = new Curve();
    [1, Number.NaN, Infinity, undefined, 5].forEach((value, index) => curve.add(index + 1, value));
    expect(curve.columns(5, 5).map((stretch) => stretch?.last)).toEqual([1, undefined, undefined, undefined, 5]);
    expect(new Curve().columns(1, 2)).toEqual([undefined, undefined]);
  });

  it('loses no extreme, however many epochs share its memory', () => {
    const property = fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
      (all) => {
        const curve = new Curve(8);
        all.forEach((value, index) => curve.add(index + 1, value));
        const columns = curve.columns(all.length, 20).filter((stretch) => stretch !== undefined);
        expect(columns.length).toBeLessThanOrEqual(8);
        expect(Math.min(...columns.map(({ min }) => min))).toBe(Math.min(...all));
        expect(Math.max(...columns.map(({ max }) => max))).toBe(Math.max(...all));
        expect([columns[0]!.first, columns.at(-1)!.last]).toEqual([all[0], all.at(-1)]);
      },
    );
    fc.assert(property);
  });

  it('shows one spike among a million epochs where it was', () => {
    const curve = new Curve();
    for (let epoch = 1; epoch <= 1_000_000; epoch += 1) curve.add(epoch, epoch === 500_000 ? 9 : 1);
    expect(curve.columns(1_000_000, 101).flatMap((stretch, column) => (stretch!.max === 9 ? [column] : []))).toEqual([
      50,
    ]);
  });
});
