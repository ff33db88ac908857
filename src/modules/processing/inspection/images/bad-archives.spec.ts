import { gzipSync } from 'node:zlib';

import { deflatedZeros, gzipOfZeros } from '../../../../../test/factories/bomb.factory.js';
import { inspected } from '../../../../../test/factories/inspection.factory.js';
import { plainPng } from '../../../../../test/factories/png.factory.js';
import { tar, tarOf, withHeader } from '../../../../../test/factories/tar.factory.js';
import { zip, zip64Locator, type ZipFileSpec, zipOf } from '../../../../../test/factories/zip.factory.js';
import type { InspectionLimits } from '../inspection.js';
import { inspectImages } from './inspect-images.js';

const PNG = plainPng(8, 8);
const CAT = { path: 'cats/1.png', content: PNG };
const DOG = { path: 'dogs/1.png', content: PNG };
const TWO = { 'cats/1.png': PNG, 'dogs/1.png': PNG };
const OTHER = Buffer.from('dogs,cats\n1,2\n');

interface BadArchive {
  name: string;
  archive: () => Buffer | Promise<Buffer>;
  code: string;
  column?: string;
  limits?: Partial<InspectionLimits>;
}

/** Between two files that are good. */
function zipWith(file: Partial<ZipFileSpec>): () => Buffer {
  return () => zip([CAT, { path: 'dogs/2.png', content: PNG, ...file }, DOG]);
}

const path = (name: string, recorded: string, column = recorded): BadArchive[] => [
  { name: `${name} in a zip`, archive: zipWith({ path: recorded }), code: 'archive_unsafe_path', column },
  {
    name: `${name} in a tar`,
    archive: () => tar([{ name: 'cats/1.png', content: PNG }, pax(recorded), { name: 'dogs/1.png', content: PNG }]),
    code: 'archive_unsafe_path',
    column,
  },
];

/** The path in a header of its own, which takes any: the usual one ends at a NUL. */
function pax(recorded: string) {
  return { name: 'x', pax: { path: recorded }, content: PNG };
}

const tarKind = (type: 'symlink' | 'link' | 'block-device' | 'character-device' | 'fifo'): BadArchive => ({
  name: `a ${type} in a tar`,
  archive: () =>
    tar([
      { name: 'cats/1.png', content: PNG },
      { name: 'dogs/1.png', type, linkname: '/etc/passwd' },
    ]),
  code: 'archive_unsafe_entry',
  column: 'dogs/1.png',
});

const LAYOUTS: BadArchive[] = [
  { name: 'an empty file', archive: () => Buffer.alloc(0), code: 'file_empty' },
  { name: 'a table', archive: () => OTHER, code: 'archive_malformed' },
  { name: 'an image', archive: () => PNG, code: 'archive_malformed' },
  { name: 'a table in a gzip', archive: () => gzipSync(OTHER), code: 'archive_malformed' },
  { name: 'nothing in a gzip', archive: () => gzipSync(Buffer.alloc(0)), code: 'archive_malformed' },
  { name: 'a 7-Zip', archive: () => Buffer.from("7z\xbc\xaf'\x1c".padEnd(600), 'latin1'), code: 'archive_malformed' },
];

const PATHS: BadArchive[] = [
  ...path('a way out', '../cats/2.png'),
  ...path('a hidden way out', 'cats/../../2.png'),
  ...path('an absolute path', '/etc/2.png'),
  ...path('a drive', 'C:/cats/2.png'),
  ...path('backslashes', 'cats\\..\\2.png'),
  ...path('a NUL', 'cats/2.png\0.txt', 'cats/2.png\uFFFD.txt'),
  ...path('a path without end', `cats/${'x'.repeat(1100)}`, `cats/${'x'.repeat(195)}`),
  ...path('text that runs backwards', '../cats/\u202Egnp.exe', '../cats/\uFFFDgnp.exe'),
  {
    name: 'a way out of a folder',
    archive: zipWith({ path: '../x/', content: Buffer.alloc(0) }),
    code: 'archive_unsafe_path',
    column: '../x/',
  },
  {
    name: 'a way out among what is ignored',
    archive: zipWith({ path: '__MACOSX/../../x' }),
    code: 'archive_unsafe_path',
    column: '__MACOSX/../../x',
  },
  { name: 'a file without a name', archive: zipWith({ path: './.' }), code: 'archive_unsafe_path', column: './.' },
  {
    name: 'a path twice in a zip',
    archive: () => zip([CAT, DOG, CAT]),
    code: 'archive_duplicate_path',
    column: 'cats/1.png',
  },
  {
    name: 'a path twice, spelt otherwise',
    archive: zipWith({ path: './cats//1.png' }),
    code: 'archive_duplicate_path',
    column: 'cats/1.png',
  },
  {
    name: 'a path twice in a tar',
    archive: () =>
      tar([
        { name: 'cats/1.png', content: PNG },
        { name: './cats/1.png', content: PNG },
      ]),
    code: 'archive_duplicate_path',
    column: 'cats/1.png',
  },
];

const ENTRIES: BadArchive[] = [
  ...(['symlink', 'link', 'block-device', 'character-device', 'fifo'] as const).map(tarKind),
  {
    name: 'a symlink in a zip',
    archive: zipWith({ mode: 0o120777 }),
    code: 'archive_unsafe_entry',
    column: 'dogs/2.png',
  },
  {
    name: 'a device in a zip',
    archive: zipWith({ mode: 0o060644 }),
    code: 'archive_unsafe_entry',
    column: 'dogs/2.png',
  },
  {
    name: 'a sparse file in a tar',
    archive: async () => withHeader(await tarOf(TWO), 156, 'S'),
    code: 'archive_unsupported',
    column: 'cats/1.png',
  },
  { name: 'an encrypted file', archive: zipWith({ flags: 0x801 }), code: 'archive_encrypted', column: 'dogs/2.png' },
  { name: 'strong encryption', archive: zipWith({ flags: 0x841 }), code: 'archive_encrypted' },
  {
    name: 'an unknown compression',
    archive: zipWith({ method: 12 }),
    code: 'archive_unsupported',
    column: 'dogs/2.png',
  },
  { name: 'one part of several', archive: () => zip([CAT, DOG], { disk: 1 }), code: 'archive_unsupported' },
  {
    name: 'too many files in a zip',
    archive: () => zip([CAT, DOG]),
    code: 'archive_too_many_files',
    limits: { maxFiles: 1 },
  },
  {
    name: 'too many files in a tar',
    archive: () => tarOf(TWO),
    code: 'archive_too_many_files',
    limits: { maxFiles: 1 },
  },
];

const DAMAGE: BadArchive[] = [
  { name: 'a zip that is cut short', archive: () => zipOf(TWO).subarray(0, -10), code: 'archive_malformed' },
  {
    name: 'a zip that lacks its middle',
    archive: () => zipLackingBytes(),
    code: 'archive_malformed',
  },
  { name: 'a wrong checksum', archive: zipWith({ crc: 1 }), code: 'archive_malformed', column: 'dogs/2.png' },
  {
    name: 'a wrong checksum without compression',
    archive: zipWith({ crc: 1, stored: true }),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  {
    name: 'a wrong checksum of what is ignored',
    archive: zipWith({ crc: 1, path: '.hidden' }),
    code: 'archive_malformed',
    column: '.hidden',
  },
  {
    name: 'what cannot be inflated',
    archive: zipWith({ deflated: { bytes: Buffer.alloc(40, 0xff), length: PNG.length, crc: 1 } }),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  {
    name: 'a file that is longer than it says',
    archive: zipWith({ uncompressedSize: 10 }),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  {
    name: 'a file that is shorter than it says',
    archive: zipWith({ uncompressedSize: 1000 }),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  {
    name: 'a stored file that is shorter than it says',
    archive: zipWith({ stored: true, uncompressedSize: 1000 }),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  {
    name: 'a file that reaches beyond the archive',
    archive: zipWith({ compressedSize: 1e6 }),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  {
    name: 'a deflate that is cut short',
    archive: zipWith({ compressedSize: 20 }),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  {
    name: 'a file with another name of its own',
    archive: zipWith({ localPath: 'dogs/3.png' }),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  { name: 'a folder with content', archive: zipWith({ path: 'dogs/' }), code: 'archive_malformed', column: 'dogs/' },
  {
    name: 'a directory that counts too few',
    archive: () => zip([CAT, DOG, { ...DOG, path: 'x/1.png' }], { count: 2 }),
    code: 'archive_malformed',
  },
  { name: 'a directory that counts too many', archive: () => zip([CAT, DOG], { count: 3 }), code: 'archive_malformed' },
  {
    name: 'a directory at no offset that there is',
    archive: () => zip([CAT], { beforeEnd: zip64Locator(2n ** 64n - 1n) }),
    code: 'archive_malformed',
  },
  {
    name: 'an extra field that is cut short',
    archive: zipWith({ extra: Buffer.from([1, 0, 99, 0]) }),
    code: 'archive_malformed',
  },
  {
    name: 'a tar that is cut within a file',
    archive: async () => (await tarOf(TWO)).subarray(0, 1024 + 540),
    code: 'archive_malformed',
    column: 'dogs/1.png',
  },
  {
    name: 'a tar that is cut between files',
    archive: async () => (await tarOf(TWO)).subarray(0, 1024),
    code: 'archive_malformed',
  },
  {
    name: 'a tar with a wrong checksum of a header',
    archive: async () => flipped(await tarOf(TWO), 1024),
    code: 'archive_malformed',
  },
  {
    name: 'a gzip that is cut short',
    archive: async () => gzipSync(await tarOf(TWO)).subarray(0, -30),
    code: 'archive_malformed',
  },
  {
    name: 'a gzip with a wrong checksum',
    archive: async () => flipped(gzipSync(await tarOf(TWO)), -6),
    code: 'archive_malformed',
  },
];

const BOMBS: BadArchive[] = [
  {
    name: 'a file that says it is a bomb',
    archive: zipWith({ uncompressedSize: 2 ** 31 }),
    code: 'archive_bomb',
    column: 'dogs/2.png',
  },
  {
    name: 'a bomb of zeros',
    archive: async () => zipWith({ deflated: await deflatedZeros(100) })(),
    code: 'archive_bomb',
    column: 'dogs/2.png',
  },
  {
    name: 'a bomb that stays within the limit',
    archive: async () => zipWith({ deflated: await deflatedZeros(11) })(),
    code: 'archive_bomb',
    column: 'dogs/2.png',
  },
  {
    name: 'a bomb among what is ignored',
    archive: async () => zipWith({ path: '.x', deflated: await deflatedZeros(11) })(),
    code: 'archive_bomb',
    column: '.x',
  },
  {
    name: 'files that are a bomb together',
    archive: () => zip([1, 2, 3].map((n) => ({ path: `cats/${n}.png`, content: PNG, stored: true }))),
    limits: { maxExpandedBytes: 2 * PNG.length },
    code: 'archive_bomb',
    column: 'cats/3.png',
  },
  {
    name: 'a bomb that says it is none',
    archive: async () => zipWith({ deflated: { ...(await deflatedZeros(100)), length: 1000 } })(),
    code: 'archive_malformed',
    column: 'dogs/2.png',
  },
  {
    name: 'a bomb in a gzip',
    archive: async () => gzipOfZeros(await headerOf('cats/1.png', 1000 * 2 ** 20), 100),
    code: 'archive_bomb',
    column: 'cats/1.png',
  },
  {
    name: 'a tar beyond the limit',
    archive: async () => gzipSync(await tarOf(TWO)),
    limits: { maxExpandedBytes: 1000 },
    code: 'archive_bomb',
  },
];

test.each([...LAYOUTS, ...PATHS, ...ENTRIES, ...DAMAGE, ...BOMBS])(
  '$name: $code',
  async ({ archive, code, column, limits }) => {
    const { problems } = await inspected(inspectImages, await archive(), { limits });
    expect(problems).toEqual([
      { code, detail: expect.stringMatching(/^[A-Z].{10,250}\.$/), ...(column !== undefined && { column }) },
    ]);
  },
);

test('too many files are noticed before any is looked at', async () => {
  const archive = zip([{ ...CAT, flags: 0x801 }, DOG]);
  const { problems } = await inspected(inspectImages, archive, { limits: { maxFiles: 1 } });
  expect(problems?.map(({ code }) => code)).toEqual(['archive_too_many_files']);
});

test('an offset that no file can have is told in words of its own', async () => {
  const archive = zip([CAT], { beforeEnd: zip64Locator(2n ** 64n - 1n) });
  const { problems } = await inspected(inspectImages, archive);
  expect(problems?.[0]?.detail).toBe('The archive is damaged or cut short: it points behind its end.');
});

test('a bomb of gibibytes takes neither memory nor time', async () => {
  const bomb = await gzipOfZeros(await headerOf('cats/1.png', 7 * 2 ** 30), 512);
  const before = process.memoryUsage();
  const start = performance.now();
  const { problems } = await inspected(inspectImages, bomb, { limits: { maxExpandedBytes: 2 ** 40 } });
  expect(problems?.[0]).toMatchObject({ code: 'archive_bomb', column: 'cats/1.png' });
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(process.memoryUsage().rss - before.rss).toBeLessThan(150 * 2 ** 20);
});

test('what was found before an archive breaks off is told, and nothing behind', async () => {
  const broken = { path: 'cats/0.png', content: OTHER };
  const { problems } = await inspected(
    inspectImages,
    zip([broken, { ...CAT, crc: 1 }, { ...broken, path: 'cats/2.png' }]),
  );
  expect(problems?.map(({ code, column }) => [code, column])).toEqual([
    ['image_malformed', 'cats/0.png'],
    ['archive_malformed', 'cats/1.png'],
  ]);
});

test('a tar ends wherever it strikes, however much is still to come', async () => {
  const large = Array.from({ length: 20 }, (_, index) => ({ name: `cats/${index}.png`, content: noise(17_000) }));
  for (let place = 1; place < large.length; place++) {
    const archive = await tar(large.toSpliced(place, 0, { name: '../x', content: noise(40_000) }));
    const { problems } = await inspected(inspectImages, archive);
    expect(problems?.at(-1)).toMatchObject({ code: 'archive_unsafe_path', column: '../x' });
  }
});

/** A PNG with so many bytes behind it. */
function noise(length: number): Buffer {
  return Buffer.concat([PNG, Buffer.alloc(length, 7)]);
}

/** The header alone, which says that so much follows. */
async function headerOf(name: string, size: number): Promise<Buffer> {
  const archive = await tar([{ name, content: PNG }]);
  return withHeader(archive.subarray(0, 512), 124, size.toString(8).padStart(11, '0'));
}

function flipped(archive: Buffer, offset: number): Buffer {
  const changed = Buffer.from(archive);
  const index = offset < 0 ? archive.length + offset : offset;
  changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
  return changed;
}

/** As a download that skipped a part: the directory is there, but its places are not. */
function zipLackingBytes(): Buffer {
  const whole = zip([CAT, DOG]);
  return Buffer.concat([whole.subarray(0, 50), whole.subarray(70)]);
}
