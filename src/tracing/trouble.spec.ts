import { Logger } from '@nestjs/common';
import { Trouble } from './trouble.js';

describe('Trouble', () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  const told = () => warn.mock.calls.map(([line]) => line as { reason: string; untold: number });
  let clock = 0;
  const trouble = () => new Trouble(() => clock);
  beforeEach(() => {
    clock = 0;
    warn.mockClear();
  });

  it('is told of once a minute, with how often there was more', () => {
    const { error, warn: warned } = trouble();
    for (const text of ['one', 'two', 'three']) error(text);
    clock = 59_999;
    warned('four');
    clock = 60_000;
    error('five');
    expect(told().map(({ reason, untold }) => [reason, untold])).toEqual([
      ['one', 0],
      ['five', 3],
    ]);
  });

  it.each([
    ['{"stack":"Error: no\\n at x","message":"no","code":"E_NO"}', 'no'],
    ['{"stack":"AggregateError","code":"ECONNREFUSED"}', 'ECONNREFUSED'],
    ['{"stack":"only"}', '{"stack":"only"}'],
    ['Dropped 3 spans', 'Dropped 3 spans'],
    ['null', 'null'],
    ['x'.repeat(500), 'x'.repeat(200)],
  ])('gives the reason in %j', (message, reason) => {
    trouble().error(message);
    expect(told()[0]!.reason).toBe(reason);
  });
});
