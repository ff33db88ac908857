import { Interrupted, shutdownSignal } from './shutdown-signals.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

describe('shutdownSignal', () => {
  const before = new Map(SIGNALS.map((name) => [name, process.listeners(name)]));
  afterEach(() => {
    jest.restoreAllMocks();
    for (const name of SIGNALS) {
      for (const listener of process.listeners(name)) {
        if (!before.get(name)!.includes(listener)) process.removeListener(name, listener);
      }
    }
  });

  it.each(SIGNALS)('is aborted by %s', (name) => {
    const signal = shutdownSignal(() => undefined);
    process.emit(name);
    expect(signal.reason).toBeInstanceOf(Interrupted);
    expect((signal.reason as Error).message).toContain(name);
  });

  it('takes what npm passes on for the same keystroke, and a later one for impatience', () => {
    const exits: number[] = [];
    const now = jest.spyOn(Date, 'now').mockReturnValue(1_000);
    shutdownSignal((code) => exits.push(code));
    process.emit('SIGINT');
    process.emit('SIGINT');
    expect(exits).toEqual([]);
    now.mockReturnValue(2_000);
    process.emit('SIGINT');
    expect(exits).toEqual([130]);
  });
});
