import { Watchdog } from './watchdog.js';

describe('Watchdog', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('calls when one step takes too long', () => {
    const onSilence = jest.fn();
    void new Watchdog(1_000, onSilence).during(() => new Promise(() => {}));
    jest.advanceTimersByTime(999);
    expect(onSilence).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(onSilence).toHaveBeenCalledTimes(1);
  });

  it('does not count the time between steps', async () => {
    const onSilence = jest.fn();
    const watchdog = new Watchdog(1_000, onSilence);
    await expect(watchdog.during(async () => 'reported')).resolves.toBe('reported');
    jest.advanceTimersByTime(60_000);
    await expect(watchdog.during(() => Promise.reject(new Error('engine')))).rejects.toThrow('engine');
    jest.advanceTimersByTime(60_000);
    expect(onSilence).not.toHaveBeenCalled();
  });
});
