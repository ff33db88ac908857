import { Curve } from './curve.js';
import { lossChart } from './loss-chart.js';

const curveOf = (values: number[]) => {
  const curve = new Curve();
  values.forEach((value, index) => curve.add(index + 1, value));
  return curve;
};
const training = [1, 0.8, 0.6, 0.4, 0.3, 0.25, 0.2, 0.2];
const validation = [1, 0.85, 0.7, 0.6, 0.55, 0.6, 0.7, 0.8];
const size = { columns: 24, plotRows: 5 };
const BARE = { redraws: true, colour: false, unicode: false };

const draw = (terminal: Partial<typeof BARE>, lines = [training, validation], lastEpoch = 8, larger = {}) =>
  lossChart(
    { training: curveOf(lines[0]!), validation: curveOf(lines[1]!) },
    lastEpoch,
    { ...size, ...larger },
    { ...BARE, ...terminal },
  );

describe('lossChart', () => {
  it('draws with ASCII', () => {
    expect(draw({})).toEqual([
      'loss   ** training 0.2000   oo validation 0.8000',
      ' 1.00 +o',
      '      | ooo            o',
      '      |    oooooooooooo',
      '      |      **',
      ' 0.20 +        *********',
      '      +-----------------',
      'epoch  1               8',
    ]);
  });

  it('draws with braille, and dots validation where there is no colour', () => {
    expect(draw({ unicode: true })).toEqual([
      'loss   ⠤⠤ training 0.2000   ⠄⠄ validation 0.8000',
      ' 1.00 ┤⠑⢆⡀',
      '      │  ⠑⢆⠄⡀        ⡀⠄⠂',
      '      │   ⠈⠢⡀⠃⠄⡀⡀⡀⠄⠂⠁',
      '      │     ⠈⠑⢄⡀',
      ' 0.20 ┤        ⠈⠑⠒⠤⠤⣀⣀⣀⣀',
      '      └─────────────────',
      'epoch  1               8',
    ]);
  });

  it('draws in colours', () => {
    const lines = draw({ unicode: true, colour: true });
    expect(lines[0]).toBe('loss   \x1b[36m⠤⠤\x1b[0m training 0.2000   \x1b[33m⠤⠤\x1b[0m validation 0.8000');
    expect(lines.map((line) => line.replaceAll(/\x1b\[\d+m/g, '')).slice(1)).toEqual([
      ' 1.00 ┤⠑⢤⡀',
      '      │  ⠙⢦⢄         ⣀⠤⠒',
      '      │   ⠈⠢⡉⠒⠤⢄⣀⣀⠤⠔⠊',
      '      │     ⠈⠑⢄⡀',
      ' 0.20 ┤        ⠈⠑⠒⠤⠤⣀⣀⣀⣀',
      '      └─────────────────',
      'epoch  1               8',
    ]);
  });

  it('has a logarithmic axis where losses span decades', () => {
    expect(draw({}, [[1000, 100, 10, 1], []], 4)).toEqual([
      'loss, logarithmic   ** training 1.000   oo validation',
      ' 1000 +***',
      '      |   ****',
      '      |       ***',
      '      |          ****',
      '    1 +              ***',
      '      +-----------------',
      'epoch  1               4',
    ]);
  });

  it('leaves room for the epochs to come, and names the one in the middle where there is room', () => {
    const lines = draw({}, [training, validation], 100, { columns: 50 });
    expect(lines.at(-1)).toBe('epoch  1                   51                  100');
    expect(lines.every((line) => line.length <= 50)).toBe(true);
  });

  it('draws a single epoch', () => {
    expect(draw({}, [[1], []], 1)).toEqual([
      'loss   ** training 1.000   oo validation',
      ' 1.10 +',
      '      |',
      '      |*',
      '      |',
      ' 0.90 +',
      '      +-----------------',
      'epoch  1',
    ]);
  });
});
