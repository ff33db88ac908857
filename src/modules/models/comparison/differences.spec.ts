import fc from 'fast-check';
import { differencesOf } from './differences.js';

/** As it comes from the database. */
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('differences', () => {
  it('are what is not the same in all, by dotted names', () => {
    expect(
      differencesOf([
        { epochs: 10, optimizer: 'adam', earlyStopping: { enabled: true, patience: 3 }, layers: [64, 32], extra: {} },
        { epochs: 10, optimizer: 'sgd', earlyStopping: { enabled: true, patience: 5 }, layers: [64, 32] },
      ]),
    ).toEqual({ optimizer: ['adam', 'sgd'], 'earlyStopping.patience': [3, 5], extra: [{}, null] });
  });

  it('have null where a subject has no such setting, or none at all', () => {
    expect(differencesOf([null, { faults: [{ kind: 'crash' }], dropout: null }, { faults: [] }])).toEqual({
      faults: [null, [{ kind: 'crash' }], []],
    });
  });

  it('tell lists apart by their order and what lies in them', () => {
    expect(differencesOf([{ a: [1, 2] }, { a: [2, 1] }])).toEqual({ a: [[1, 2], [2, 1]] }); // prettier-ignore
    expect(differencesOf([{ a: [{ b: 1, c: 2 }] }, { a: [{ c: 2, b: 1 }] }])).toEqual({});
    expect(differencesOf([{ a: 1 }, { a: '1' }])).toEqual({ a: [1, '1'] });
    expect(differencesOf([{ a: { b: 1 } }, { a: 1 }])).toEqual({ a: [null, 1], 'a.b': [1, null] });
  });

  it('are none between settings and themselves, and one entry a subject otherwise', () => {
    const settings = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()).map(copied);
    fc.assert(
      fc.property(settings, fc.array(settings, { minLength: 2, maxLength: 5 }), (one, several) => {
        expect(differencesOf([one, copied(one), one])).toEqual({});
        for (const values of Object.values(differencesOf(several))) expect(values).toHaveLength(several.length);
      }),
    );
  });
});
