import { assertFaultsAllowed, isProcessFault } from './process-fault.js';
import { seedOf } from './seed-of.js';
import { FaultKind } from './simulation.js';

test('seedOf is FNV-1a', () => {
  // The authors' test vectors.
  expect(seedOf('')).toBe(0x811c9dc5);
  expect(seedOf('a')).toBe(0xe40c292c);
  expect(seedOf('foobar')).toBe(0xbf9cf968);
});

test('faults that harm a process are told from those that do not', () => {
  expect(Object.values(FaultKind).filter(isProcessFault)).toEqual(['crash', 'stall', 'out_of_memory']);
});

const faults = [
  { kind: FaultKind.Diverge, atEpoch: 1 },
  { kind: FaultKind.Stall, atEpoch: 2 },
];

test('they are refused where the configuration says so, by their place in the request', () => {
  expect(() => assertFaultsAllowed({ faults }, false)).toThrow(
    expect.objectContaining({
      kind: 'invalid',
      code: 'fault_not_allowed',
      details: {
        errors: [expect.objectContaining({ pointer: '/simulation/faults/1/kind', code: 'fault_not_allowed' })],
      },
    }),
  );
});

test('everything else is allowed', () => {
  assertFaultsAllowed({ faults }, true);
  assertFaultsAllowed({ faults: faults.slice(0, 1) }, false);
  assertFaultsAllowed(undefined, false);
});
