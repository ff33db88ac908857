import { Dataset } from '../dataset.entity.js';
import { DatasetFormat } from '../dataset-type.js';
import { fileNameOf, mediaTypeOf } from './content-type.js';
import type { DatasetWithContent } from './dataset-with-content.js';

const { Csv, Json, Parquet, Images } = DatasetFormat;

function dataset(format: DatasetFormat, contentName: string | null, name = 'Wines'): DatasetWithContent {
  const metadata = { source: 'upload', format };
  return Object.assign(new Dataset(), { id: 'dataset_1', name, contentName, metadata }) as DatasetWithContent;
}

describe('fileNameOf', () => {
  it.each<[DatasetFormat, string | undefined, string, string]>([
    [Csv, undefined, 'x.exe', 'x.exe.csv'],
    [Csv, undefined, 'data.CSV', 'data.CSV'],
    [Csv, undefined, 'data.tsv', 'data.tsv'],
    [Csv, undefined, 'page.html', 'page.html.csv'],
    [Json, undefined, 'x.js', 'x.js.json'],
    [Json, undefined, 'data.jsonl', 'data.jsonl'],
    [Parquet, undefined, 'data.csv', 'data.csv.parquet'],
    [Images, 'zip', 'x.exe', 'x.exe.zip'],
    [Images, 'zip', 'data.tar', 'data.tar.zip'],
    [Images, 'tar.gz', 'data.tgz', 'data.tgz'],
    [Images, 'tar.gz', 'data.gz', 'data.gz.tar.gz'],
    [Images, undefined, 'data.zip', 'data.zip'],
  ])('of %s (%s) that was sent as %s is %s', (format, layout, sent, given) => {
    expect(fileNameOf(dataset(format, sent), layout)).toBe(given);
  });

  it('is that of the dataset where the sender gave none', () => {
    expect(fileNameOf(dataset(Csv, null, 'Wines 2026/old'), undefined)).toBe('old.csv');
    expect(fileNameOf(dataset(Csv, null, 'wines.csv'), undefined)).toBe('wines.csv');
    expect(fileNameOf(dataset(Csv, null, '...'), undefined)).toBe('dataset_1.csv');
  });
});

describe('mediaTypeOf', () => {
  it.each([
    [Csv, 'utf-8', 'text/csv; charset=utf-8'],
    [Csv, 'windows-1252', 'text/csv; charset=windows-1252'],
    [Csv, 'utf-16le', 'text/csv; charset=utf-16le'],
    [Csv, undefined, 'text/csv'],
    [Csv, 'ucs2be-of-mine', 'text/csv'],
    [Csv, 'utf-16 ;x', 'text/csv'],
    [Json, 'utf-8', 'application/json'],
    [Parquet, undefined, 'application/vnd.apache.parquet'],
  ])('of %s in %s is %s', (format, encoding, type) => {
    expect(mediaTypeOf(dataset(format, null), encoding === undefined ? {} : { encoding })).toBe(type);
  });
});
