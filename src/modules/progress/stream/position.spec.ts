import fc from 'fast-check';
import { feedPositionId, parsedFeedPosition } from './feed-position.js';
import { parsedPosition, positionId } from './position.js';
import { requestedPosition } from './requested-position.js';
import { InvalidPositionError } from './stream.errors.js';

const count = fc.nat(999_999_999);

describe('a position in a stream', () => {
  it('is what its id says', () => {
    fc.assert(
      fc.property(fc.record({ epoch: count, event: count, alert: count, done: fc.boolean() }), (position) => {
        expect(parsedPosition(positionId(position))).toEqual(position);
      }),
    );
    const job = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
    fc.assert(
      fc.property(fc.record({ transaction: count, jobId: job, number: count }), (position) => {
        expect(parsedFeedPosition(feedPositionId(position))).toEqual(position);
      }),
    );
    expect(parsedFeedPosition(feedPositionId({ transaction: 7, jobId: '', number: 0 }))).toEqual({
      ...{ transaction: 7, jobId: '', number: 0 },
    });
  });

  it('may be an epoch alone', () => {
    expect(parsedPosition('45')).toEqual({ epoch: 45, event: 0, alert: 0, done: false });
  });

  it.each(['', 'x', '-1', '1-2', '1-2-3-4', '1-2-3-DONE', '1.5', ' 1', '1 ', '9999999999', '1-2-3-done-'])(
    'is not %p',
    (text) => {
      expect(parsedPosition(text)).toBeNull();
      expect(() => requestedPosition(undefined, `${text}!`, parsedPosition)).toThrow(InvalidPositionError);
    },
  );

  it('is taken from the header before the query, and is none where neither is sent', () => {
    expect(requestedPosition('3', '5', parsedPosition)?.epoch).toBe(3);
    expect(requestedPosition('', '5', parsedPosition)?.epoch).toBe(5);
    expect(requestedPosition(undefined, undefined, parsedPosition)).toBeNull();
  });
});
