import { alignedCurves, type RunPoint } from './curves.js';

const point = (jobId: string, epoch: number, overrides: Partial<RunPoint> = {}): RunPoint => ({
  ...{ jobId, epoch, loss: epoch, validationLoss: epoch + 0.5, accuracy: null },
  ...overrides,
});

describe('aligned curves', () => {
  it('have one entry an epoch, null where a run has no such epoch', () => {
    const points = [point('b', 3), point('a', 1), point('b', 2), point('a', 2)];
    expect(alignedCurves(['a', 'b'], points)).toEqual({
      epochs: [1, 2, 3],
      series: [
        { loss: [1, 2, null], validationLoss: [1.5, 2.5, null] },
        { loss: [null, 2, 3], validationLoss: [null, 2.5, 3.5] },
      ],
    });
  });

  it('have accuracy where a run measures it', () => {
    const points = [point('a', 1, { accuracy: 0.5 }), point('b', 1), point('b', 2)];
    const { series } = alignedCurves(['a', 'b'], points);
    expect(series[0]!.accuracy).toEqual([0.5, null]);
    expect(series[1]).not.toHaveProperty('accuracy');
  });

  it('have null for what is no number', () => {
    const { series } = alignedCurves(['a'], [point('a', 1, { loss: NaN, validationLoss: Infinity })]);
    expect(series).toEqual([{ loss: [null], validationLoss: [null] }]);
  });

  it('are empty for runs without any epoch', () => {
    expect(alignedCurves(['a', 'b'], [])).toEqual({
      epochs: [],
      series: [
        { loss: [], validationLoss: [] },
        { loss: [], validationLoss: [] },
      ],
    });
  });
});
