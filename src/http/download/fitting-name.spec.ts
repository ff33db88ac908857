import { fittingName } from './fitting-name.js';

describe('fittingName', () => {
  it.each([
    ['an extension that fits', 'data.csv', 'data.csv'],
    ['one in capitals', 'data.CSV', 'data.CSV'],
    ['another one that fits', 'data.tsv', 'data.tsv'],
    ['one of several parts', 'data.tar.gz', 'data.tar.gz'],
    ['an executable', 'x.exe', 'x.exe.csv'],
    ['an executable behind one that fits', 'data.csv.exe', 'data.csv.exe.csv'],
    ['a page', 'x.html', 'x.html.csv'],
    ['what Windows takes for no extension', 'x.exe.', 'x.exe..csv'],
    ['no extension', 'data', 'data.csv'],
    ['nothing but what would be an extension', 'csv', 'csv.csv'],
    ['an ending that is none', 'notcsv', 'notcsv.csv'],
  ])('%s', (_, name, fits) => {
    expect(fittingName(name, ['csv', 'tsv', 'tar.gz'])).toBe(fits);
  });
});
