import { join } from 'node:path';
import { DatasetFormat, DatasetType } from '../../../datasets/dataset-type.js';
import { column, inspectFile, inspectText, measured, warnings, type Declared } from './inspection-task.arbitrary.js';

const VEGA = join(process.cwd(), 'node_modules', 'vega-datasets', 'data');
const vega = (name: string, declared: Declared = {}) => inspectFile(join(VEGA, name), declared);
const { Classification, Regression, Nlp } = DatasetType;
const JSON_FORMAT = { format: DatasetFormat.Json };
const rows = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

describe('inspectTable on public data', () => {
  it('penguins.json', async () => {
    const inspection = await vega('penguins.json', { ...JSON_FORMAT, type: Classification, targetColumn: 'Species' });
    const { profile, features } = measured(inspection);
    expect(profile.rows).toBe(344);
    expect(profile.readAs).toEqual({ encoding: 'utf-8', layout: 'array' });
    expect(features).toHaveLength(6);
    expect(profile.classes!.map(({ value, count }) => [value, count])).toEqual([
      ['Adelie', 152],
      ['Gentoo', 124],
      ['Chinstrap', 68],
    ]);
    expect(profile.classes![0]!.share).toBeCloseTo(152 / 344, 10);
    expect(column(inspection, 'Body Mass (g)')).toMatchObject({
      kind: 'integer',
      missing: 2,
      min: 2700,
      max: 6300,
      approximate: false,
    });
    expect(column(inspection, 'Sex')).toMatchObject({
      kind: 'text',
      role: 'feature',
      topValues: expect.arrayContaining([{ value: 'MALE', count: 168 }]),
    });
  });

  it('seattle-weather.csv', async () => {
    const inspection = await vega('seattle-weather.csv', { type: Classification, targetColumn: 'weather' });
    expect(measured(inspection).rows).toBe(1461);
    expect(column(inspection, 'date')).toMatchObject({
      kind: 'date',
      earliest: '2012-01-01',
      latest: '2015-12-31',
      distinct: 1461,
    });
    expect(column(inspection, 'temp_max')).toMatchObject({ kind: 'number', min: -1.6, max: 35.6, missing: 0 });
    expect(measured(inspection).profile.classes).toHaveLength(5);
    expect(warnings(inspection)).toEqual(['class_imbalance weather']);
  });

  it('movies.json, with titles that are numbers', async () => {
    const inspection = await vega('movies.json', { ...JSON_FORMAT, type: Regression, targetColumn: 'IMDB Rating' });
    expect(measured(inspection).rows).toBe(3201);
    expect(column(inspection, 'Title').kind).toBe('text');
    expect(column(inspection, 'IMDB Rating')).toMatchObject({ kind: 'number', missing: 213 });
    expect(warnings(inspection)).toContain('target_missing_values IMDB Rating');
  });

  it('us-employment.csv', async () => {
    const inspection = await vega('us-employment.csv', { type: Regression, targetColumn: 'nonfarm' });
    expect(measured(inspection).profile.columns).toHaveLength(24);
    expect(column(inspection, 'nonfarm')).toMatchObject({ kind: 'integer', role: 'target' });
  });

  it('cars.json', async () => {
    const { profile } = measured(
      await vega('cars.json', {
        ...JSON_FORMAT,
        features: ['Horsepower'],
        targetColumn: 'Origin',
        type: Classification,
      }),
    );
    expect(Object.fromEntries(profile.columns.map(({ name, role }) => [name, role]))).toMatchObject({
      Horsepower: 'feature',
      Origin: 'target',
      Name: 'ignored',
    });
  });

  it('flights-3m.parquet', async () => {
    const inspection = await vega('flights-3m.parquet', { format: DatasetFormat.Parquet });
    const { profile } = measured(inspection);
    expect(profile.rows).toBe(3_000_000);
    expect(profile.duplicateRows).toBeUndefined();
    for (const { kind, histogram } of profile.columns.filter((it) => it.kind === 'integer')) {
      expect([kind, histogram?.counts.reduce((sum, count) => sum + count)]).toEqual(['integer', 3_000_000]);
    }
  });
});

describe('the profile of a table', () => {
  it('measures numbers exactly', async () => {
    const inspection = await inspectText('a,b\n1,x\n2,x\n3,x\n4,x\nNA,x\n10,y\n');
    expect(column(inspection, 'a')).toEqual({
      name: 'a',
      kind: 'integer',
      role: 'feature',
      missing: 1,
      distinct: 5,
      approximate: false,
      min: 1,
      max: 10,
      mean: 4,
      standardDeviation: Math.sqrt(10),
      quantiles: { p05: expect.closeTo(1.2, 10), p25: 2, p50: 3, p75: 4, p95: expect.closeTo(8.8, 10) },
      histogram: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], counts: [1, 1, 1, 1, 0, 0, 0, 0, 0, 1] },
      topValues: ['1', '2', '3', '4', '10'].map((value) => ({ value, count: 1 })),
    });
    expect(column(inspection, 'b')).toEqual({
      name: 'b',
      kind: 'text',
      role: 'feature',
      missing: 0,
      distinct: 2,
      approximate: false,
      shortest: 1,
      longest: 1,
      topValues: [
        { value: 'x', count: 5 },
        { value: 'y', count: 1 },
      ],
    });
  });

  it('counts the largest value in the last of twenty bins', async () => {
    const { histogram } = column(await inspectText(`a,b\n${rows(101, (index) => `${index / 10},x`)}`), 'a');
    expect(histogram!.edges[20]).toBe(10);
    expect(histogram!.counts).toEqual([...Array.from({ length: 19 }, () => 5), 6]);
  });

  it.each([
    ['integer', ['1', '-2', '+3', '9007199254740993']],
    ['integer', ['1', 'NA', 'null', '3']],
    ['number', ['1', '2.5', '.5', '5.', '1e5']],
    ['number', ['1.0', '2.0']],
    ['text', ['00501', '10001']],
    ['number', ['0.5', '00.5', '0']],
    ['text', [`${'1'.repeat(100_000)}x`, '2']],
    ['text', [`2020-01-01T00:00${' '.repeat(100_000)}x`, '2020-01-01T00:00']],
    ['text', ['1_000', '2']],
    ['text', ['0x1F', '2']],
    ['text', ['1,5', '2,5']],
    ['text', ['NA', 'DE', 'FR']],
    ['text', ['yes', 'no']],
    ['boolean', ['true', 'FALSE', 'NA']],
    ['date', ['2020-01-31', '1999-12-01']],
    ['text', ['2020-02-30', '2020-01-01']],
    ['text', ['epoch', 'infinity']],
    ['timestamp', ['2020-01-31 10:00:00', '2020-01-31T10:00:00Z', '2020-02-01']],
    ['empty', ['NaN', 'nan']],
  ])('takes for %s: %j', async (kind, values) => {
    const content = `a,b\n${values.map((value) => `"${value}",x`).join('\n')}`;
    expect(column(await inspectText(content, { delimiter: ',', hasHeader: true }), 'a').kind).toBe(kind);
  });

  it('reads times in UTC', async () => {
    const content = 'a,b\n2024-01-01T10:00:00+05:00,x\n2024-01-01T05:00:00Z,x\n2024-01-01 10:00:00,x\n';
    const inspection = await inspectText(content);
    expect(column(inspection, 'a')).toMatchObject({
      distinct: 2,
      earliest: '2024-01-01T05:00:00',
      latest: '2024-01-01T10:00:00',
    });
  });

  it.each([
    ['numbers written in several ways', ['1', '1.0', '0', '-0', '+1'], ['1', '0']],
    ['codes', ['007', '07', '7'], ['007', '07', '7']],
    [
      'numbers no double tells apart',
      ['9007199254740992', '9007199254740993'],
      ['9007199254740992', '9007199254740993'],
    ],
  ])('counts as many classes as values: %s', async (_, values, classes) => {
    const content = `v,t\n${rows(60, (index) => `${index},${values[index % values.length]}`)}`;
    const inspection = await inspectText(content, { type: Classification, targetColumn: 't' });
    expect(column(inspection, 't').distinct).toBe(classes.length);
    expect(measured(inspection).profile.classes!.map(({ value }) => value)).toEqual(classes);
  });

  it('keeps apart whole numbers that a double does not', async () => {
    const inspection = await inspectText('a,b\n9007199254740992,x\n9007199254740993,x\n');
    expect(column(inspection, 'a').distinct).toBe(2);
    expect(measured(inspection).preview.rows).toEqual([
      ['9007199254740992', 'x'],
      ['9007199254740993', 'x'],
    ]);
  });

  it('stays finite with numbers at the end of the range', async () => {
    const inspection = await inspectText('a,t\n1e308,1\n-1.7e308,2\n1.7e308,3\n1e400,4\n', {
      type: Regression,
      targetColumn: 't',
    });
    const text = JSON.stringify(measured(inspection));
    expect(JSON.parse(text)).toEqual(measured(inspection));
    expect(column(inspection, 'a')).toMatchObject({ missing: 1, min: -1.7e308, max: 1.7e308 });
    expect(warnings(inspection)).toContain('not_finite_values a');
  });
});

describe('warnings of a profile', () => {
  it('tell of the one value that makes texts of numbers', async () => {
    const content = `a,b\n${rows(60, (index) => `${index === 40 ? 'abc' : index % 7},x`)}`;
    expect(warnings(await inspectText(content))).toContain('mostly_numeric a');
    const mixed = `a,b\n${rows(60, (index) => `${index % 2 ? 'abc' : index},x`)}`;
    expect(warnings(await inspectText(mixed))).not.toContain('mostly_numeric a');
  });

  it('of columns and rows', async () => {
    const content = `id,code,one,few,x\n${rows(30, (index) => `${index},c${index},1,${index < 10 ? index : ''},${index % 3}`)}\n29,c29,1,,2`;
    expect(warnings(await inspectText(content))).toEqual([
      'duplicate_rows',
      'constant_column one',
      'mostly_missing few',
    ]);
    const unique = content.slice(0, content.lastIndexOf('\n'));
    expect(warnings(await inspectText(unique))).toEqual([
      'identifier_like id',
      'identifier_like code',
      'constant_column one',
      'mostly_missing few',
    ]);
  });

  it('of a feature that is the target by another name', async () => {
    const line = (index: number) =>
      `${index % 3},${'abc'[index % 3]},${index % 3 === 0 ? 'x' : 'y'},${(index * 7) % 5}`;
    const content = `t,same,part,other\n${rows(60, line)}`;
    expect(warnings(await inspectText(content, { type: Classification, targetColumn: 't' }))).toEqual([
      'duplicate_rows',
      'leakage_suspect same',
    ]);
  });

  it('of a feature that is the target in other units', async () => {
    const content = `t,fahrenheit,other\n${rows(60, (index) => `${index / 7},${(index / 7) * 1.8 + 32},${(index * 31) % 17}`)}`;
    expect(warnings(await inspectText(content, { type: Regression, targetColumn: 't' }))).toContain(
      'leakage_suspect fahrenheit',
    );
    expect(warnings(await inspectText(content, { type: Regression, targetColumn: 't' }))).not.toContain(
      'leakage_suspect other',
    );
  });

  it('of classes out of balance, and rows without one', async () => {
    const content = `a,t\n${rows(100, (index) => `${index % 7},${index === 0 ? 'rare' : 'usual'}`)}\n3,`;
    expect(warnings(await inspectText(content, { type: Classification, targetColumn: 't' }))).toEqual(
      expect.arrayContaining(['class_imbalance t', 'target_missing_values t']),
    );
  });

  it('none of texts that are all different, where texts are what is learnt from', async () => {
    const content = `text,label\n${rows(30, (index) => `review ${index},${index % 2}`)}`;
    const inspection = await inspectText(content, { type: Nlp, targetColumn: 'label' });
    expect(warnings(inspection)).toEqual([]);
    expect(measured(inspection).profile.classes).toHaveLength(2);
  });
});
