import fc from 'fast-check';
import { keyOf, placeOf } from './place.js';

describe('the place of a row', () => {
  it('reads back as it was, to the last bit of its key', () => {
    const key = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(key, fc.string(), (of, id) => {
        // PostgreSQL takes 0 and −0 for the same.
        expect(placeOf(keyOf({ key: of, id }))).toEqual([of === 0 ? 0 : of, id]);
      }),
    );
  });

  it('is nowhere at the beginning', () => {
    expect(placeOf(undefined)).toEqual([null, null]);
  });
});
