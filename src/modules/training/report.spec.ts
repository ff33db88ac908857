import { JobPhase } from '../jobs/job-state.js';
import { assertReport } from './report.js';
import type { EpochReport } from './trainer.js';

const epoch = (overrides: Partial<EpochReport> = {}): EpochReport => ({
  kind: 'epoch',
  epoch: 4,
  loss: 0.5,
  validationLoss: 0.6,
  learningRate: 0.01,
  checkpoint: {},
  ...overrides,
});

describe('assertReport', () => {
  it('accepts the next epoch, a batch inside it, and phases at any time', () => {
    expect(() => assertReport(epoch(), 3, 10)).not.toThrow();
    expect(() => assertReport({ kind: 'batch', epoch: 4, batch: 7 }, 3, 10)).not.toThrow();
    expect(() => assertReport({ kind: 'phase', phase: JobPhase.Measuring }, 3, 10)).not.toThrow();
  });

  it.each([
    ['a gap', epoch({ epoch: 5 }), 3],
    ['a repeat', epoch({ epoch: 3 }), 3],
    ['an epoch beyond the last', epoch({ epoch: 11 }), 10],
    ['a loss that is not a number', epoch({ loss: Number.NaN }), 3],
    ['an endless validation loss', epoch({ validationLoss: Number.POSITIVE_INFINITY }), 3],
    ['an accuracy that is not a number', epoch({ accuracy: Number.NaN }), 3],
  ])('refuses %s', (_, report, current) => {
    expect(() => assertReport(report, current, 10)).toThrow(expect.objectContaining({ code: 'invalid_report' }));
  });
});
