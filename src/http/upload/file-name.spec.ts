import { safeFileName } from './file-name.js';

describe('safeFileName', () => {
  it.each([
    ['a name', 'wines.csv', 'wines.csv'],
    ['a path', '../../etc/passwd', 'passwd'],
    ['a path of Windows', 'C:\\Users\\me\\wines.csv', 'wines.csv'],
    ['letters of any script', 'données – 数据.csv', 'données – 数据.csv'],
    ['what a header or a disk does not take', 'a"b\r\n:c?.csv', 'a_b___c_.csv'],
    ['what turns a text around', 'gnp.\u202excod.csv', 'gnp._xcod.csv'],
    ['half a character', 'a\ud800.csv', 'a\ufffd.csv'],
    ['a hidden file', '..csv', 'csv'],
    ['a long one, to its ending', `${'x'.repeat(500)}.csv`, `${'x'.repeat(146)}.csv`],
    ['nothing but dots', '...', undefined],
    ['a folder', 'data/', undefined],
    ['nothing', undefined, undefined],
  ])('%s', (_, given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });
});
