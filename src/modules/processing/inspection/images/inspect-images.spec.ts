import { gzipSync } from 'node:zlib';

import { digits } from '../../../../../test/factories/digits.factory.js';
import { inspected } from '../../../../../test/factories/inspection.factory.js';
import { lyingPng, plainPng } from '../../../../../test/factories/png.factory.js';
import { tar, tarOf } from '../../../../../test/factories/tar.factory.js';
import { zip, zipOf } from '../../../../../test/factories/zip.factory.js';
import { DatasetType } from '../../../datasets/dataset-type.js';
import { inspectImages } from './inspect-images.js';

const PNG = plainPng(8, 8);
const TEXT = Buffer.from('nothing to see here\n');
const TWO = { 'cats/1.png': PNG, 'dogs/1.png': plainPng(8, 8, 3) };
const DIGITS = digits(12);

/** Code and path of each problem. */
async function problemsOf(files: Record<string, Buffer>, overrides?: Parameters<typeof inspected>[2]) {
  const { problems } = await inspected(inspectImages, zipOf(files), overrides);
  return problems?.map(({ code, column }) => [code, column]);
}

async function resultOf(archive: Buffer, overrides?: Parameters<typeof inspected>[2]) {
  const inspection = await inspected(inspectImages, archive, overrides);
  if (inspection.problems) throw new Error(JSON.stringify(inspection.problems));
  return inspection;
}

function renamed(files: Record<string, Buffer>, rename: (path: string) => string): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [rename(path), content]));
}

const manyFolders = (count: number, root = '') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${root}class-${index}/1.png`, PNG]));

describe.each([
  ['zip', () => zipOf(DIGITS)],
  ['tar', () => tarOf(DIGITS)],
  ['tar.gz', async () => gzipSync(await tarOf(DIGITS))],
])('handwritten digits in a %s', (layout, archiveOf) => {
  test('are measured', async () => {
    const archive = await archiveOf();
    const { rows, features, profile, preview } = await resultOf(archive);
    expect({ rows, features }).toEqual({ rows: 120, features: [] });
    const counts = Array.from({ length: 10 }, (_, label) => ({ value: `${label}`, count: 12 }));
    expect(profile).toEqual({
      rows: 120,
      bytes: archive.length,
      readAs: { layout },
      columns: [
        {
          name: 'class',
          kind: 'text',
          role: 'target',
          missing: 0,
          distinct: 10,
          approximate: false,
          shortest: 1,
          longest: 1,
          topValues: counts,
        },
      ],
      classes: counts.map((count) => ({ ...count, share: 0.1 })),
      duplicateRows: 0,
      images: {
        formats: { png: 120 },
        width: { min: 28, max: 28, mean: 28 },
        height: { min: 28, max: 28, mean: 28 },
      },
      warnings: [],
    });
    expect(preview.columns).toEqual(['path', 'class', 'width', 'height', 'bytes']);
    expect(preview.rows).toHaveLength(100);
    expect(preview.rows[13]).toEqual(['1/1.png', '1', 28, 28, DIGITS['1/1.png']?.length]);
  });
});

describe('folders', () => {
  const inRoot = renamed(TWO, (path) => `data/${path}`);

  test.each([
    ['at the top', zipOf(TWO)],
    ['within one folder', zipOf(inRoot)],
    ['with folders of their own', zipOf({ 'cats/a/b/1.png': PNG, 'dogs/c/2.png': PNG })],
    ['within one folder, with folders of their own', zipOf({ 'x/cats/a/1.png': PNG, 'x/dogs/c/2.png': PNG })],
    [
      'beside what systems leave behind',
      zipOf({
        ...TWO,
        '__MACOSX/cats/._1.png': TEXT,
        '.DS_Store': TEXT,
        'cats/.DS_Store': TEXT,
        'dogs/Thumbs.db': TEXT,
        '.git/x.png': PNG,
      }),
    ],
    [
      'beside descriptions',
      zipOf({ ...TWO, 'README.txt': TEXT, 'labels.csv': TEXT, 'a.json': TEXT, 'b.md': TEXT, LICENSE: TEXT }),
    ],
    ['beside descriptions within one folder', zipOf({ 'data/README.txt': TEXT, ...inRoot })],
    [
      'beside entries of folders',
      zip([
        { path: 'cats/' },
        { path: 'cats/1.png', content: PNG },
        { path: 'dogs/' },
        { path: 'empty/' },
        { path: 'dogs/1.png', content: PNG },
      ]),
    ],
  ])('are classes %s', async (_, archive) => {
    const { profile } = await resultOf(archive);
    expect(profile.classes).toEqual([
      { value: 'cats', count: 1, share: 0.5 },
      { value: 'dogs', count: 1, share: 0.5 },
    ]);
  });

  test('are classes in a tar of the current folder', async () => {
    const archive = await tar([
      { name: './', type: 'directory' },
      { name: './cats/', type: 'directory' },
      { name: './cats/1.png', content: PNG },
      { name: `./dogs/${'long'.repeat(60)}.png`, content: PNG },
    ]);
    const { preview, profile } = await resultOf(archive);
    expect(profile.readAs).toEqual({ layout: 'tar' });
    expect(preview.rows.map(([path, label]) => [path, label])).toEqual([
      ['cats/1.png', 'cats'],
      [`dogs/${'long'.repeat(60)}`.slice(0, 200), 'dogs'],
    ]);
  });

  test.each([
    ['as UTF-8', 0x800],
    ['as UTF-8 that does not say so', 0],
  ])('have names %s', async (_, flags) => {
    const files = ['été/1.png', '猫/1.png'].map((path) => ({ path, content: PNG, flags }));
    const { profile } = await resultOf(zip(files));
    expect(profile.classes?.map(({ value }) => value).sort()).toEqual(['été', '猫']);
    expect(profile.columns[0]).toMatchObject({ shortest: 1, longest: 3 });
  });

  test('have names in the code page of old zips', async () => {
    const path = Buffer.from('\x81t\x82/1.png', 'latin1');
    const { profile } = await resultOf(
      zip([
        { path, content: PNG, flags: 0 },
        { path: 'x/1.png', content: PNG },
      ]),
    );
    expect(profile.classes?.map(({ value }) => value)).toContain('üté');
  });

  test('name the column as it was declared', async () => {
    const { profile } = await resultOf(zipOf(TWO), { targetColumn: 'animal', features: [] });
    expect(profile.columns[0]?.name).toBe('animal');
  });
});

describe('problems', () => {
  test.each<[string, Record<string, Buffer>, [string, string?][]]>([
    ['no files', {}, [['no_images']]],
    ['nothing but descriptions', { 'README.md': TEXT }, [['no_images']]],
    ['one class', { 'cats/1.png': PNG, 'cats/2.png': PNG }, [['target_single_class', 'cats']]],
    ['one class within a folder', { 'data/cats/1.png': PNG }, [['target_single_class', 'cats']]],
    ['an image at the top', { ...TWO, '1.png': PNG }, [['image_without_class', '1.png']]],
    [
      'images around the classes',
      { 'data/1.png': PNG, 'data/cats/1.png': PNG, 'data/2.png': PNG, 'data/dogs/1.png': PNG },
      [
        ['image_without_class', 'data/1.png'],
        ['image_without_class', 'data/2.png'],
      ],
    ],
    ['a description among images', { ...TWO, 'cats/notes.txt': TEXT }, [['not_an_image', 'cats/notes.txt']]],
    ['a description below a class', { ...TWO, 'cats/a/b.json': TEXT }, [['not_an_image', 'cats/a/b.json']]],
    [
      'a program',
      { ...TWO, 'run.exe': TEXT, 'cats/run.sh': TEXT },
      [
        ['not_an_image', 'run.exe'],
        ['not_an_image', 'cats/run.sh'],
      ],
    ],
    ['an archive', { ...TWO, 'cats/more.zip': zipOf(TWO) }, [['not_an_image', 'cats/more.zip']]],
    ['an archive in disguise', { ...TWO, 'cats/2.png': gzipSync(TEXT) }, [['not_an_image', 'cats/2.png']]],
    ['text in disguise', { ...TWO, 'cats/2.png': TEXT }, [['image_malformed', 'cats/2.png']]],
    [
      'drawings',
      { ...TWO, 'cats/2.svg': Buffer.from('<svg width="9" height="9"/>') },
      [['not_an_image', 'cats/2.svg']],
    ],
    ['an empty image', { ...TWO, 'cats/2.JPG': Buffer.alloc(0) }, [['image_malformed', 'cats/2.JPG']]],
    ['an image that is cut short', { ...TWO, 'cats/2.png': PNG.subarray(0, 40) }, [['image_malformed', 'cats/2.png']]],
    ['an image without extent', { ...TWO, 'cats/2.png': lyingPng(0, 9) }, [['image_malformed', 'cats/2.png']]],
    ['a huge image', { ...TWO, 'cats/2.png': lyingPng(2 ** 31 - 1, 2 ** 31 - 1) }, [['image_too_large', 'cats/2.png']]],
    [
      'an image one pixel too large',
      { ...TWO, 'cats/2.png': lyingPng(1001, 1000) },
      [['image_too_large', 'cats/2.png']],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await problemsOf(files)).toEqual(expected.map(([code, column]) => [code, column]));
  });

  test('are the first twenty, in the order of the archive', async () => {
    const broken = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`data/cats/${index}.png`, TEXT]));
    const problems = await problemsOf({ 'data/x.png': PNG, 'data/dogs/1.png': PNG, ...broken });
    expect(problems).toHaveLength(20);
    expect(problems?.[0]).toEqual(['image_without_class', 'data/x.png']);
    expect(problems?.at(-1)).toEqual(['image_malformed', 'data/cats/18.png']);
  });

  test('end the inspection when there are twenty', async () => {
    const files = Array.from({ length: 20 }, (_, index) => ({ path: `cats/${index}.png`, content: TEXT }));
    const { problems } = await inspected(inspectImages, zip([...files, { path: '../x', content: TEXT }]));
    expect(problems?.map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 'image_malformed'));
  });

  test('paths are told so that they can be printed', async () => {
    expect(await problemsOf({ ...TWO, 'cats/\u001b[31m\u202Etxt.png': TEXT })).toEqual([
      ['image_malformed', 'cats/\uFFFD[31m\uFFFDtxt.png'],
    ]);
  });

  test('one class is enough for what does not tell classes apart', async () => {
    const { profile } = await resultOf(zipOf({ 'cats/1.png': PNG }), { type: DatasetType.Clustering });
    expect(profile.classes).toEqual([{ value: 'cats', count: 1, share: 1 }]);
  });

  test.each([
    ['at the top', ''],
    ['within one folder', 'data/'],
  ])('a thousand classes %s and no more', async (_, root) => {
    const { profile } = await resultOf(zipOf(manyFolders(1000, root)));
    expect(profile.classes).toHaveLength(1000);
    expect(profile.columns[0]?.topValues).toHaveLength(10);
    expect(await problemsOf(manyFolders(1001, root))).toEqual([['target_too_many_classes', undefined]]);
  });

  test('features that images cannot have', async () => {
    const problems = await problemsOf(TWO, { features: ['age', 'income'] });
    expect(problems).toEqual([
      ['feature_missing', 'age'],
      ['feature_missing', 'income'],
    ]);
  });

  test('a file that cannot be read, whose place is not told', async () => {
    const { problems } = await inspected(inspectImages, PNG, { file: '/nowhere/at/all' });
    expect(problems).toEqual([{ code: 'content_unreadable', detail: 'The content could not be read (ENOENT).' }]);
  });

  test('a folder instead of a file', async () => {
    const { problems } = await inspected(inspectImages, PNG, { file: process.cwd() });
    expect(problems).toEqual([{ code: 'content_unreadable', detail: 'The content could not be read (EISDIR).' }]);
  });
});

describe('warnings', () => {
  const cats = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`cats/${index}.png`, plainPng(8, 8, index)]));
  const dog = { 'dogs/1.png': plainPng(8, 8, 255) };

  test.each<[string, Record<string, Buffer>, string[]]>([
    ['twenty to one are in balance', { ...cats(20), ...dog }, []],
    ['more are not', { ...cats(21), ...dog }, ['class_imbalance']],
    ['images that repeat', { ...cats(2), 'dogs/1.png': plainPng(8, 8, 1) }, ['duplicate_images']],
    ['images of different width', { ...cats(2), 'dogs/1.png': plainPng(9, 8) }, ['mixed_dimensions']],
    ['tiny images', { 'cats/1.png': plainPng(7, 8), 'dogs/1.png': plainPng(7, 8, 1) }, ['tiny_images']],
  ])('%s', async (_, files, expected) => {
    const { profile } = await resultOf(zipOf(files));
    expect(profile.warnings.map(({ code }) => code)).toEqual(expected);
    expect(profile.duplicateRows).toBe(expected.includes('duplicate_images') ? 1 : 0);
  });
});
