import fc from 'fast-check';
import { TimeLeft } from './time-left.js';

/** A run whose epochs take as long as they are said to. */
function timed(totalEpochs: number, epochMs: number, earlyStopping = { enabled: false, patience: 10, minDelta: 0 }) {
  let at = 0;
  const plan = { totalEpochs, epochMs, spec: { configuration: { earlyStopping } } };
  const timeLeft = new TimeLeft(plan, () => at);
  let epoch = 0;
  return {
    timeLeft,
    pass: (ms: number) => (at += ms),
    epoch: (ms: number, validationLoss = 1) => {
      at += ms;
      return timeLeft.afterEpoch(++epoch, validationLoss);
    },
  };
}

describe('the time left', () => {
  it('is what the epochs left take, and what follows them', () => {
    const run = timed(10, 0);
    for (let epoch = 1; epoch < 6; epoch++) run.epoch(100);
    expect(run.epoch(100).estimated).toBe(400);
    expect(timed(2, 100).epoch(100).estimated).toBe(100 + 2 * 50);
  });

  it('follows epochs that have become slower, newer ones counting more', () => {
    const run = timed(1_000, 0);
    for (let epoch = 0; epoch < 50; epoch++) run.epoch(100);
    const before = run.epoch(100).estimated / 949;
    for (let epoch = 0; epoch < 30; epoch++) run.epoch(200);
    expect(before).toBeCloseTo(100);
    expect(run.epoch(200).estimated / 918).toBeGreaterThan(195);
  });

  it('grows less while an epoch lasts, by no more than one takes', () => {
    const run = timed(10, 0);
    expect(run.timeLeft.withinEpoch()).toBeNull();
    const after = run.epoch(1_000);
    run.pass(300);
    const within = run.timeLeft.withinEpoch()!;
    expect(within.estimated).toBe(8_700);
    expect(within.high - within.estimated).toBe(after.high - after.estimated);
    run.pass(5_000);
    expect(run.timeLeft.withinEpoch()!.estimated).toBe(8_000);
  });

  it('is known inside the first epoch of a later attempt', () => {
    const run = timed(10, 0);
    for (let epoch = 1; epoch <= 4; epoch++) run.timeLeft.recall(1, epoch === 1 ? null : 1_000);
    run.timeLeft.begin(4);
    run.pass(400);
    expect(run.timeLeft.withinEpoch()!.estimated).toBe(5_600);
  });

  it('is not led astray by one epoch that hung', () => {
    const run = timed(100, 0);
    for (let epoch = 0; epoch < 20; epoch++) run.epoch(100);
    expect(run.epoch(100_000).estimated).toBeLessThan(79 * 100 * 1.5);
  });

  it('forgets a first epoch in which the engine warmed up', () => {
    const run = timed(100, 0);
    run.epoch(10_000);
    expect(run.epoch(1_000).estimated).toBe(98_000);
    const even = timed(100, 0);
    even.epoch(3_000);
    expect(even.epoch(1_000).estimated).toBe(98 * 2_000);
  });

  it('goes on from what earlier attempts took, without the time between', () => {
    const run = timed(100, 5_000);
    for (let epoch = 0; epoch < 30; epoch++) run.timeLeft.recall(1, epoch === 10 ? null : 100);
    run.pass(1_000_000);
    run.timeLeft.begin();
    expect(run.epoch(100).estimated).toBe(99 * 100 + 2 * 250);
  });

  it('forgets what a clock that was set back makes of an epoch, and never fails', () => {
    const run = timed(100, 0);
    for (const ms of [100, -3_600_000, 100, Infinity]) run.timeLeft.recall(1, ms);
    for (let epoch = 0; epoch < 60; epoch++) run.epoch(100);
    const { low, estimated, high } = run.epoch(100);
    expect([low, estimated, high].every(Number.isSafeInteger)).toBe(true);
    expect(estimated).toBeGreaterThan(3_000);
    expect(estimated).toBeLessThan(20_000);
  });

  it('learns of epochs that take time after some that took none', () => {
    const run = timed(100, 0);
    for (let epoch = 0; epoch < 5; epoch++) run.epoch(0);
    for (let epoch = 0; epoch < 40; epoch++) run.epoch(100);
    expect(run.epoch(100).estimated / 54).toBeGreaterThan(90);
  });

  it('may be as short as early stopping allows', () => {
    const run = timed(100, 0, { enabled: true, patience: 5, minDelta: 0.1 });
    run.epoch(100, 1);
    run.epoch(100, 0.5);
    for (let epoch = 3; epoch < 50; epoch++) run.epoch(100, 0.5 - epoch / 1_000);
    const { estimated, low } = run.epoch(100, 0.2);
    expect(estimated).toBe(5_000);
    expect(low).toBeLessThanOrEqual(5 * 100);
    expect(low).toBeGreaterThan(300);
    expect(run.epoch(100, 0.2).low).toBeLessThanOrEqual(4 * 100);
  });

  it('lies between its bounds, whatever epochs take', () => {
    const durations = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(durations, fc.nat(100_000), fc.boolean(), (epochs, epochMs, enabled) => {
        const run = timed(50, epochMs, { enabled, patience: 3, minDelta: 0 });
        for (const ms of epochs) {
          const { low, estimated, high } = run.epoch(ms);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(estimated);
          expect(high).toBeGreaterThanOrEqual(estimated);
          for (const figure of [low, estimated, high]) expect(Number.isSafeInteger(figure)).toBe(true);
        }
      }),
    );
  });
});
