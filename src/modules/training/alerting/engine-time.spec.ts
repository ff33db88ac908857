import { EngineTime } from './engine-time.js';

describe('the time of an engine', () => {
  it('is what passes between being asked and reporting an epoch, batches included', () => {
    let at = 0;
    const time = new EngineTime(() => at);
    const asked = (ms: number, isEpoch: boolean) => {
      time.resume();
      at += ms;
      time.stop(isEpoch);
      // Writing it down is not the engine's time.
      at += 1_000;
    };
    asked(50, true);
    expect(time.durationMs).toBeNull();
    asked(10, false);
    asked(20, false);
    asked(5, true);
    expect(time.durationMs).toBe(35);
    asked(7, true);
    expect(time.durationMs).toBe(7);
  });
});
