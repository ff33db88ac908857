import { isNameInBackup, objectFile, tableFile } from './layout.js';

describe('the names of files in a backup', () => {
  it.each([
    'manifest.json',
    'files.tsv',
    tableFile('training_jobs'),
    objectFile('datasets', 'dataset_1/content_2'),
    objectFile('artifacts', 'm/job_1/attempt-1.json'),
  ])('take %s', (name) => expect(isNameInBackup(name)).toBe(true));

  it.each([
    ...['', 'SHA256SUMS', './manifest.json', '/manifest.json', 'manifest.json/', '../manifest.json', 'more.json'],
    ...['database/', 'database/a.copy', 'database/../a.copy.gz', 'database/a/b.copy.gz', 'database/A b.copy.gz'],
    ...['files/datasets', 'files/datasets/', 'files/datasets/../a', 'files/datasets//a', 'files/datasets/a/../../b'],
    ...['files/other/a', 'files/datasets/.a', 'files/datasets/a\\b', 'files/datasets/a\nb', 'files/datasets/a b'],
  ])('refuse %j', (name) => expect(isNameInBackup(name)).toBe(false));
});
