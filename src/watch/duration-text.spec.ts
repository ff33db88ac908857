import { durationText } from './duration-text.js';

describe('durationText', () => {
  it.each([
    [0, '0 s'],
    [1, '1 s'],
    [120_000, '120 s'],
    [120_001, '3 min'],
    [7_200_000, '120 min'],
    [12_000_000, '3 h 20 min'],
    [90_000_000, '25 h 0 min'],
  ])('%i ms: %s', (ms, text) => expect(durationText(ms)).toBe(text));
});
