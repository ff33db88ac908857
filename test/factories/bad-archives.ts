import { deflatedZeros, gzipOfZeros } from './bomb.factory.js';
import type { BadContent } from './bad-tables.js';
import { lyingPng, plainPng } from './png.factory.js';
import { tar, tarOf } from './tar.factory.js';
import { zip, type ZipFileSpec, zipOf } from './zip.factory.js';

const good = { 'a/1.png': plainPng(16, 16, 10), 'b/1.png': plainPng(16, 16, 200) };
const files: ZipFileSpec[] = Object.entries(good).map(([path, content]) => ({ path, content }));
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(buffer);
const withFile = (file: ZipFileSpec) => bytes(zip([...files, file]));

/** Archives that cannot be used, one of each sort: the specs of what looks at them have many more. */
export const BAD_ARCHIVES: readonly BadContent[] = (
  [
    { what: 'a text', bytes: 'no archive', problem: { code: 'archive_malformed' } },
    { what: 'a zip that is cut off', bytes: bytes(zipOf(good)).slice(0, -30), problem: { code: 'archive_malformed' } },
    {
      what: 'a path that climbs out of a zip',
      bytes: withFile({ path: '../../etc/x.png', content: good['a/1.png'] }),
      problem: { code: 'archive_unsafe_path', column: '../../etc/x.png' },
    },
    {
      what: 'a path that climbs out of a tar',
      bytes: async () => bytes(await tarOf({ ...good, '../x.png': good['a/1.png'] })),
      problem: { code: 'archive_unsafe_path', column: '../x.png' },
    },
    {
      what: 'a link in a tar',
      bytes: async () => bytes(await tar([{ name: 'a/link.png', type: 'symlink', linkname: '/etc/passwd' }])),
      problem: { code: 'archive_unsafe_entry', column: 'a/link.png' },
    },
    {
      what: 'a bomb in a zip',
      bytes: async () => withFile({ path: 'b/bomb.png', deflated: await deflatedZeros(64) }),
      problem: { code: 'archive_bomb', column: 'b/bomb.png' },
    },
    {
      what: 'a bomb in a tar.gz',
      bytes: async () => bytes(await gzipOfZeros(await tarOf(good), 256)),
      problem: { code: 'archive_bomb' },
    },
    {
      what: 'an image of a hundred thousand pixels a side',
      bytes: withFile({ path: 'b/2.png', content: lyingPng(100_000, 100_000) }),
      problem: { code: 'image_too_large', column: 'b/2.png' },
    },
    {
      what: 'one class alone',
      bytes: bytes(zipOf({ 'a/1.png': good['a/1.png'] })),
      problem: { code: 'target_single_class', column: 'a' },
    },
  ] satisfies Omit<BadContent, 'metadata'>[]
).map((content) => ({
  ...content,
  declared: { type: 'computer_vision', targetColumn: undefined },
  metadata: { format: 'images' },
}));
