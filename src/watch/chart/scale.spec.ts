import { labelsOf, scaleFor } from './scale.js';

const over = (...values: number[]) =>
  scaleFor(values.map((value) => ({ first: value, last: value, min: value, max: value })));
const THREE = [1, 0.5, 0];

describe('scaleFor', () => {
  it.each<[string, number[], string[]]>([
    ['a usual loss', [2.25, 0.25], ['2.3', '1.3', '0.3']],
    ['a small range', [0.1523, 0.1501], ['0.1523', '0.1512', '0.1501']],
    ['large values', [30_000, 25_000], ['30000', '27500', '25000']],
    ['huge values', [3e12, 2.5e12], ['3.0e+12', '2.8e+12', '2.5e+12']],
    ['decades, logarithmic', [100, 0.01], ['100', '1', '0.01']],
    ['decades and huge values', [1e20, 1], ['1.0e+20', '1.0e+10', '1']],
    ['decades with a zero, linear', [1_000, 0], ['1000', '500', '0']],
    ['one value', [2], ['2.20', '2.00', '1.80']],
    ['nothing but zero', [0], ['1.0', '0.0', '-1.0']],
    ['nothing', [], ['1.00', '0.50', '0.00']],
  ])('labels %s', (_, values, labels) => {
    expect(labelsOf(over(...values), THREE)).toEqual(labels);
  });

  it('puts the decades at equal distances', () => {
    const scale = over(1, 10_000);
    expect(scale.isLog).toBe(true);
    expect(scale.position(100)).toBeCloseTo(0.5);
    expect(over(1, 99).isLog).toBe(false);
  });
});
