import { RunState } from './run-state.js';

describe('RunState', () => {
  it('has a curve of the epochs that were trained, and the latest of everything', () => {
    const run = new RunState();
    run.apply({ name: 'snapshot', data: { currentEpoch: 7, totalEpochs: 9, loss: 3 } });
    expect(run.losses.training.last).toBeUndefined();
    run.apply({ name: 'progress', data: { currentEpoch: 1, totalEpochs: 9, loss: 2, validationLoss: 4 } });
    run.apply({ name: 'batch', data: { currentEpoch: 2, totalEpochs: 9, currentBatch: 5, totalBatches: 8 } });
    expect(run.progress).toMatchObject({ currentEpoch: 2, currentBatch: 5, loss: 2 });
    expect([run.losses.training.last, run.losses.validation.last]).toEqual([2, 4]);
    run.apply({ name: 'progress', data: { currentEpoch: 2, totalEpochs: 9, loss: 1 } });
    expect(run.progress.currentBatch).toBeUndefined();
  });

  it.each([
    [0, 0, 1],
    [1, 20, 20],
    [1, 1_000, 50],
    [51, 1_000, 100],
    [999, 1_000, 1_000],
    [12, 10, 12],
  ])('charts at epoch %i of %i the epochs up to %i', (currentEpoch, totalEpochs, charted) => {
    const run = new RunState();
    run.apply({ name: 'progress', data: { currentEpoch, totalEpochs } });
    expect(run.chartedEpochs).toBe(charted);
  });
});
