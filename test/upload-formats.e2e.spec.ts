import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { parquetOf } from './factories/bad-parquet.js';
import type { Bytes } from './factories/bad-tables.js';
import { digits } from './factories/digits.factory.js';
import { PUBLIC_DATA } from './factories/penguins.factory.js';
import { tarOf } from './factories/tar.factory.js';
import { zipOf } from './factories/zip.factory.js';
import { TestPlatform } from './support/platform.js';
import { ended, startedJob, versionsOf } from './support/training.js';
import { type DatasetAnswer, uploaded } from './support/uploads.js';

const file = (name: string): Bytes => Uint8Array.from(readFileSync(path.join(PUBLIC_DATA, name)));
const bytes = (buffer: Buffer): Bytes => Uint8Array.from(buffer);

/** Handwritten digits by class: `3/0.png`. */
function images(classes: readonly number[], each: number, root = ''): Record<string, Buffer> {
  const wanted = Object.entries(digits(each)).filter(([name]) => classes.includes(Number(name[0])));
  return Object.fromEntries(wanted.map(([name, image]) => [root + name, image]));
}

interface Column {
  name: string;
  kind: string;
  role: string;
  missing: number;
  distinct: number;
  min?: number;
  max?: number;
  mean?: number;
  topValues?: { value: string; count: number }[];
  histogram?: { counts: number[] };
}

interface Profile {
  rows: number;
  readAs: Record<string, unknown>;
  columns: Column[];
  classes?: { value: string; count: number }[];
  duplicateRows?: number;
  images?: Record<string, unknown>;
  warnings: { code: string; column?: string }[];
}

describe('uploads of every format', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });
  afterAll(() => platform.stop());

  async function profiled(content: Bytes, overrides: Record<string, unknown>): Promise<[DatasetAnswer, Profile]> {
    const dataset = await uploaded(platform.client, content, overrides, 110_000);
    expect(dataset).toMatchObject({ status: 'ready' });
    return [dataset, (await platform.client.get<Profile>(`/datasets/${dataset.id}/profile`)).body];
  }

  it.each<[string, () => Promise<Bytes>, Record<string, unknown>, { size: number; classes?: number }]>([
    ['csv', async () => file('seattle-weather.csv'), { targetColumn: 'weather' }, { size: 1_461, classes: 5 }],
    [
      'a JSON array',
      async () => file('penguins.json'),
      { targetColumn: 'Species', metadata: { format: 'json' } },
      { size: 344, classes: 3 },
    ],
    [
      'JSON lines',
      async () =>
        (JSON.parse(readFileSync(path.join(PUBLIC_DATA, 'cars.json'), 'utf8')) as object[])
          .map((row) => JSON.stringify(row))
          .join('\n'),
      { type: 'regression', targetColumn: 'Horsepower', metadata: { format: 'json' } },
      { size: 406 },
    ],
    [
      'parquet',
      async () =>
        parquetOf(`SELECT range AS x, {'a': range} AS nested, 'k' || (range % 3) AS species FROM range(1000)`),
      { metadata: { format: 'parquet' } },
      { size: 1_000, classes: 3 },
    ],
    [
      'a zip of images',
      async () => bytes(zipOf(images([0, 1, 7], 20, 'digits/'))),
      { type: 'computer_vision', targetColumn: undefined, metadata: { format: 'images' } },
      { size: 60, classes: 3 },
    ],
    [
      'a tar.gz of images',
      async () => bytes(gzipSync(await tarOf(images([3, 4], 10)))),
      { type: 'computer_vision', targetColumn: undefined, metadata: { format: 'images' } },
      { size: 20, classes: 2 },
    ],
  ])('take %s to a trained model', async (what, content, overrides, { size, classes }) => {
    const { client } = platform;
    const [dataset, profile] = await profiled(await content(), overrides);
    expect(dataset.size).toBe(size);
    expect(profile.classes?.length).toBe(classes);
    const modelId = what.replaceAll(/\W/g, '_').toLowerCase();
    const vision = overrides.type === 'computer_vision';
    const jobId = await startedJob(client, dataset.id, {
      modelId,
      modelType: vision ? 'cnn' : 'xgboost',
      hyperparameters: { epochs: 2 },
    });
    const { status, metrics } = await ended(client, jobId);
    expect(status).toBe('completed');
    if (classes !== undefined) expect(metrics!.confusionMatrix).toHaveLength(classes);
    expect(await versionsOf(client, modelId)).toMatchObject([{ version: '1.0.0', status: 'ready' }]);
  });

  describe('as people really have them', () => {
    const column = (profile: Profile, name: string) => profile.columns.find((entry) => entry.name === name)!;

    it('with a mark, CRLF, and quotes around lines and quotes', async () => {
      const csv = '\u{FEFF}note,x,species\r\n"two\r\nlines, and ""quotes""",1,a\r\nplain,2,b\r\n\r\n';
      const [dataset, profile] = await profiled(csv, {});
      expect(dataset).toMatchObject({ size: 2, features: ['note', 'x'] });
      expect(profile.readAs).toMatchObject({ encoding: 'utf-8', delimiter: ',', hasHeader: true });
      const preview = await platform.client.get<{ rows: unknown[][] }>(`/datasets/${dataset.id}/preview`);
      expect(preview.body.rows).toEqual([
        ['two\r\nlines, and "quotes"', 1, 'a'],
        ['plain', 2, 'b'],
      ]);
    });

    it('with semicolons, decimal commas, and Windows-1252', async () => {
      const csv = iconv.encode(
        'größe;preis;species\n1,5;1.234,50;Möwe\n2,25;99,00;Möwe\n3;7,00;Star\n',
        'windows-1252',
      );
      const [dataset, profile] = await profiled(bytes(csv), {});
      expect(dataset.features).toEqual(['größe', 'preis']);
      expect(profile.readAs).toMatchObject({ encoding: 'windows-1252', delimiter: ';', decimalComma: true });
      expect(column(profile, 'größe')).toMatchObject({ kind: 'number', min: 1.5, max: 3, mean: 2.25 });
      expect(column(profile, 'preis')).toMatchObject({ kind: 'number', max: 1_234.5 });
      expect(profile.classes).toMatchObject([{ value: 'Möwe', count: 2 }, { value: 'Star' }]);
    });

    it.each(['utf-16le', 'utf-16be', 'shift_jis', 'koi8-r'])('in %s', async (encoding) => {
      const word = encoding === 'koi8-r' ? 'лиса' : '狐';
      const csv = iconv.encode(`x,species\n1,${word}\n2,b\n`, encoding, { addBOM: encoding.startsWith('utf-16') });
      const declared = encoding.startsWith('utf-16') ? {} : { encoding };
      const [, profile] = await profiled(bytes(csv), { metadata: declared });
      expect(profile.readAs.encoding).toBe(encoding);
      expect(profile.classes!.map(({ value }) => value)).toContain(word);
    });

    it('with two thousand columns', async () => {
      const names = Array.from({ length: 2_000 }, (_, index) => `c${index}`);
      const row = (n: number) => [...names.map((_, index) => index * n), n % 2 ? 'odd' : 'even'].join(',');
      const csv = [[...names, 'species'].join(','), ...[1, 2, 3, 4].map(row)].join('\n');
      const [dataset, profile] = await profiled(csv, {});
      expect(dataset.features).toHaveLength(2_000);
      expect(column(profile, 'c1999')).toMatchObject({ kind: 'integer', min: 1_999, max: 7_996 });
    });

    it('without a header, and with tabs', async () => {
      const [dataset, profile] = await profiled('1\t2.5\ta\n2\t3.5\tb\n', { targetColumn: 'column_3' });
      expect(dataset.features).toEqual(['column_1', 'column_2']);
      expect(profile.readAs).toMatchObject({ delimiter: '\t', hasHeader: false });
    });

    it('with nested values, which are shown and not learnt from', async () => {
      const [dataset, profile] = await profiled(
        '[{"x":1,"tags":["a"],"at":{"lat":1},"species":"a"},{"x":null,"tags":[],"at":null,"species":"b\\u0000"}]',
        { metadata: { format: 'json' } },
      );
      expect(dataset.features).toEqual(['x']);
      expect(profile.columns.map(({ kind }) => kind)).toEqual(['integer', 'nested', 'nested', 'text']);
    });

    it('with mixed values and missing ones, as films are', async () => {
      const [dataset, profile] = await profiled(file('movies.json'), {
        type: 'regression',
        targetColumn: 'IMDB Rating',
        metadata: { format: 'json' },
      });
      expect(dataset.size).toBe(3_201);
      expect(column(profile, 'IMDB Rating')).toMatchObject({ kind: 'number', role: 'target', missing: 213, max: 9.2 });
      expect(profile.warnings).toContainEqual(expect.objectContaining({ code: 'target_missing_values' }));
    });

    it('with millions of rows', async () => {
      const [dataset, profile] = await profiled(file('flights-3m.parquet'), {
        type: 'regression',
        targetColumn: 'delay',
        metadata: { format: 'parquet' },
      });
      expect(dataset.size).toBe(3_000_000);
      expect(column(profile, 'delay').histogram!.counts.reduce((sum, count) => sum + count, 0)).toBe(
        3_000_000 - column(profile, 'delay').missing,
      );
    });
  });

  it('warn of what is no mistake and worth a look', async () => {
    const species = (i: number) => (i < 42 ? 'a' : i < 58 ? 'b' : 'c');
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i},same,${i % 30 ? '' : 'x'},${species(i).charCodeAt(0)},n${i},${species(i)}`,
    );
    const csv = ['x,constant,sparse,leak,name,species', ...rows, rows[0], ''].join('\n');
    const [, { warnings, duplicateRows }] = await profiled(csv, {});
    expect(duplicateRows).toBe(1);
    expect(warnings.map(({ code, column }) => (column ? `${code} ${column}` : code))).toEqual([
      'duplicate_rows',
      'class_imbalance species',
      'leakage_suspect leak',
      'constant_column constant',
      'mostly_missing sparse',
    ]);
  });

  it('tell images by their class, and look at each', async () => {
    const known = images([1, 2], 5);
    const archive = await tarOf({ ...known, '2/again.png': known['1/0.png']!, 'README.md': Buffer.from('#') });
    const [, profile] = await profiled(bytes(archive), {
      type: 'computer_vision',
      targetColumn: undefined,
      metadata: { format: 'images' },
    });
    expect(profile).toMatchObject({
      rows: 11,
      readAs: { layout: 'tar' },
      classes: [
        { value: '2', count: 6 },
        { value: '1', count: 5 },
      ],
      images: { formats: { png: 11 }, width: { min: 28, max: 28, mean: 28 } },
      warnings: [{ code: 'duplicate_images' }],
    });
  });
});
