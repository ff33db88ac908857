import fc from 'fast-check';
import { apportion, apportionWithin } from './apportion.js';

const weights = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 30 });
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

test('shares add up to the total and lie within one of their exact value', () => {
  fc.assert(
    fc.property(fc.nat(), weights, (total, given) => {
      const shares = apportion(total, given);
      expect(sum(shares)).toBe(total);
      shares.forEach((share, i) => expect(Math.abs(share - (total * given[i]!) / sum(given))).toBeLessThanOrEqual(1));
    }),
  );
});

test('shares of totals beyond exact arithmetic still add up', () => {
  fc.assert(fc.property(fc.maxSafeNat(), weights, (total, given) => expect(sum(apportion(total, given))).toBe(total)));
});

test('shares keep to their capacities', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(1000), fc.double({ min: 0, max: 10, noNaN: true })), { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (entries, part) => {
        const capacities = entries.map(([capacity]) => capacity);
        const total = Math.floor(part * sum(capacities));
        const shares = apportionWithin(
          total,
          entries.map(([, weight]) => weight),
          capacities,
        );
        expect(sum(shares)).toBe(total);
        shares.forEach((share, i) => expect(share).toBeLessThanOrEqual(capacities[i]!));
      },
    ),
  );
});
