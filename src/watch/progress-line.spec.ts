import type { Progress } from '../client/resources.js';
import { percentOf, progressLine, statusLine } from './progress-line.js';

const progress: Progress = {
  currentEpoch: 45,
  totalEpochs: 100,
  loss: 0.25,
  validationLoss: 0.28,
  accuracy: 0.87,
  estimatedTimeRemaining: 5_432,
};

describe('progressLine', () => {
  it('shows bar, epoch, loss, validation loss, accuracy and time left', () => {
    expect(progressLine(progress)).toBe(
      '[###########.............]  45 %  epoch  45/100  loss 0.2500  val loss 0.2800  accuracy 0.8700   6 s left',
    );
  });

  it('tells how sure the time left is, unless that would be no news', () => {
    const sure = { estimatedTimeRemainingLow: 4_000, estimatedTimeRemainingHigh: 9_500 };
    expect(progressLine({ ...progress, ...sure })).toMatch(/ 6 s left \(4 s to 10 s\)$/);
    expect(progressLine({ ...progress, ...sure, estimatedTimeRemainingLow: 9_400 })).toMatch(/ 6 s left$/);
  });

  it('shows the batch inside an epoch', () => {
    expect(progressLine({ ...progress, currentBatch: 250, totalBatches: 500 })).toContain(
      ' 44 %  epoch  45/100  batch 250/500  loss',
    );
  });

  it('has a dash for what was not measured yet', () => {
    expect(progressLine({ currentEpoch: 0, totalEpochs: 0 })).toContain(
      '0 %  epoch 0/0  loss      -  val loss      -  accuracy      -     - left',
    );
  });
});

describe('statusLine', () => {
  it('leaves out the losses, and has what can be spared at its end', () => {
    const range = { estimatedTimeRemainingLow: 4_000, estimatedTimeRemainingHigh: 9_500 };
    expect(statusLine({ ...progress, ...range })).toBe(
      '[#####.......]  45 %  epoch  45/100  6 s left (4 s to 10 s)  accuracy 0.8700',
    );
    expect(statusLine({ currentEpoch: 0, totalEpochs: 100 })).toBe('[............]   0 %  epoch   0/100  - left');
  });
});

describe('percentOf', () => {
  it.each([
    [{ currentEpoch: 1, totalEpochs: 3 }, 33],
    [{ currentEpoch: 1, totalEpochs: 2, currentBatch: 5, totalBatches: 10 }, 25],
    [{ currentEpoch: 1, totalEpochs: 2, currentBatch: 10, totalBatches: 10 }, 50],
    [{ currentEpoch: 1, totalEpochs: 2, currentBatch: 0, totalBatches: 10 }, 50],
  ])('of %j is %i', (at, percent) => expect(percentOf(at)).toBe(percent));
});
