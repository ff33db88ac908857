import { Logger } from '@nestjs/common';
import { RefusedConnections, SILENCE_MS } from './refused-connections.js';

describe('connections that are refused', () => {
  let refused: RefusedConnections;
  let warn: jest.SpyInstance;
  const told = () => warn.mock.calls.splice(0).map(([line]) => line as object);

  beforeEach(() => {
    jest.useFakeTimers();
    warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    refused = new RefusedConnections();
  });
  afterEach(() => {
    refused.close();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  const flood = (code: string, count: number) => {
    for (let place = 1; place <= count; place += 1) refused.add(code, `192.0.2.${place % 256}`);
  };

  it('are told at once, and then once a minute with their number, however many there are', () => {
    flood('bad_request', 10_000);
    expect(told()).toEqual([{ msg: 'Connections refused', code: 'bad_request', count: 1, address: '192.0.2.1' }]);
    jest.advanceTimersByTime(SILENCE_MS - 1);
    expect(told()).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(told()).toMatchObject([{ count: 9_999, address: '192.0.2.16' }]);
    flood('bad_request', 3);
    expect(told()).toEqual([]);
    jest.advanceTimersByTime(SILENCE_MS);
    expect(told()).toMatchObject([{ count: 3 }]);
  });

  it('are told at once again after a minute without any', () => {
    flood('bad_request', 1);
    jest.advanceTimersByTime(2 * SILENCE_MS);
    expect(told()).toHaveLength(1);
    flood('bad_request', 1);
    expect(told()).toMatchObject([{ count: 1 }]);
  });

  it('are counted by why they were refused', () => {
    flood('bad_request', 2);
    flood('too_many_connections', 1);
    expect(told()).toMatchObject([
      { code: 'bad_request', count: 1 },
      { code: 'too_many_connections', count: 1 },
    ]);
  });

  it('are all told when the process ends', () => {
    flood('bad_request', 5);
    told();
    refused.close();
    expect(told()).toMatchObject([{ count: 4 }]);
    jest.advanceTimersByTime(SILENCE_MS);
    expect(told()).toEqual([]);
  });
});
