import { TimeLeft } from './time-left.js';

describe('TimeLeft', () => {
  it('begins with what is expected and follows what is measured', () => {
    let now = 0;
    const timeLeft = new TimeLeft(100, () => now);
    const after = (ms: number) => {
      now += ms;
      return timeLeft.afterEpoch(10);
    };
    expect(after(100)).toBe(1_000);
    expect(after(200)).toBe(1_200);
    for (let epoch = 0; epoch < 50; epoch++) after(200);
    expect(after(200)).toBe(2_000);
    expect(timeLeft.afterEpoch(0)).toBe(0);
  });
});
