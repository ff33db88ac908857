import type { Metrics } from '../../jobs/metrics.js';
import { comparedMetrics } from './winners.js';

const metrics = (values: Partial<Record<keyof Metrics, number | null>>) => values as unknown as Metrics;
const entry = (name: string, ...measured: (Metrics | null)[]) =>
  comparedMetrics(measured).find(({ metric }) => metric === name);

describe('winners', () => {
  it('have the highest where higher is better, and the lowest where lower is', () => {
    const subjects = [metrics({ accuracy: 0.8, loss: 0.4 }), metrics({ accuracy: 0.9, loss: 0.5 })];
    expect(entry('accuracy', ...subjects)).toEqual({
      ...{ metric: 'accuracy', better: 'higher', values: [0.8, 0.9], winners: [1] },
    });
    expect(entry('loss', ...subjects)).toEqual({ metric: 'loss', better: 'lower', values: [0.4, 0.5], winners: [0] });
  });

  it('are all of those who share the best value', () => {
    const subjects = [0.7, 0.9, 0.9, 0.1].map((accuracy) => metrics({ accuracy }));
    expect(entry('accuracy', ...subjects)?.winners).toEqual([1, 2]);
  });

  it('are nobody where only one has the metric; one that nobody has is left out', () => {
    const subjects = [null, metrics({ rmse: 2 }), metrics({ accuracy: 0.5 })];
    expect(entry('rmse', ...subjects)).toMatchObject({ values: [null, 2, null], winners: [] });
    expect(entry('accuracy', ...subjects)).toMatchObject({ values: [null, null, 0.5], winners: [] });
    expect(comparedMetrics(subjects)).toHaveLength(2);
    expect(comparedMetrics([null, null])).toEqual([]);
  });

  it.each([NaN, Infinity, -Infinity, null])('never are those whose value is %p', (value) => {
    const subjects = [
      metrics({ loss: value, accuracy: value }),
      metrics({ loss: 3, accuracy: 0.1 }),
      metrics({ loss: 4, accuracy: 0 }),
    ];
    expect(entry('loss', ...subjects)).toMatchObject({ values: [null, 3, 4], winners: [1] });
    expect(entry('accuracy', ...subjects)).toMatchObject({ values: [null, 0.1, 0], winners: [1] });
    expect(comparedMetrics([metrics({ loss: value })])).toEqual([]);
  });

  it('can be below zero', () => {
    const subjects = [-3, -2].map((r2Score) => metrics({ r2Score }));
    expect(entry('r2Score', ...subjects)?.winners).toEqual([1]);
  });
});
