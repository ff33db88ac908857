import fc from 'fast-check';
import { Alarm } from './alarm.js';
import type { Finding } from './detectors/detector.js';

const finding = (sign: Finding['sign'], isCertain = false): Finding => ({
  ...{ sign, isCertain, observed: 1, limit: 1 },
  detail: () => '',
});
const SIGNS: Record<string, Finding | null> = {
  b: finding('bad'),
  '!': finding('bad', true),
  g: finding('good'),
  u: finding('unsure'),
  '-': null,
};

/** What each epoch changed: F fired, R resolved. */
function heard(settings: { patience: number; recovery: number; cooldown: number }, epochs: string): string {
  const alarm = new Alarm(settings);
  const told = (change: 'fired' | 'resolved' | null) => (change === null ? '.' : change === 'fired' ? 'F' : 'R');
  return epochs
    .split('')
    .map((sign) => told(alarm.hear(SIGNS[sign]!)))
    .join('');
}

describe('an alarm', () => {
  it.each([
    ['waits for its patience', 'bbbb', '..F.'],
    ['begins again after a good epoch', 'bbgbbb', '.....F'],
    ['begins again after one that is neither', 'bbubbb', '.....F'],
    ['is not disturbed by an epoch of which nothing is known', 'bb-b', '...F'],
    ['resolves after good epochs in a row', 'bbbgbgg', '..F...R'],
    ['keeps still while it rests, and no longer', 'bbbggbbbbbbb', '..F.R....F..'],
    ['does not wait for what is certain', 'g!', '.F'],
  ])('%s', (_, epochs, expected) => {
    expect(heard({ patience: 3, recovery: 2, cooldown: 4 }, epochs)).toBe(expected);
  });

  it('fires and resolves by turns, whatever it hears', () => {
    const settings = fc.record({
      patience: fc.integer({ min: 1, max: 5 }),
      recovery: fc.integer({ min: 1, max: 5 }),
      cooldown: fc.nat(5),
    });
    const epochs = fc.string({ unit: fc.constantFrom('b', '!', 'g', 'u', '-'), maxLength: 100 });
    fc.assert(
      fc.property(settings, epochs, (given, signs) => {
        expect(heard(given, signs).replaceAll('.', '')).toMatch(/^(FR)*F?$/);
      }),
    );
  });
});
