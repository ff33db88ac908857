import { plainPng } from '../../../../../../test/factories/png.factory.js';
import { glimpse } from './glimpse.js';
import { judgeFile } from './judge-file.js';

const KIBIBYTE = 1024;

/** As it comes out of an archive: in pieces. */
async function judged(content: Buffer, piece = 1000) {
  async function* pieces() {
    for (let at = 0; at < content.length; at += piece) yield content.subarray(at, at + piece);
  }
  const judgement = judgeFile('1.png', await glimpse(pieces()), 1_000_000);
  return judgement.image
    ? `${judgement.image.format} ${judgement.image.width}x${judgement.image.height}`
    : judgement.code;
}

const latin1 = (text: string, length = 0) => Buffer.from(text.padEnd(length, '\0'), 'latin1');

/** A segment of a JPEG: its marker, its length, its content. */
function segment(marker: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff]), content]);
}

function jpeg(...before: Buffer[]): Buffer {
  const frame = segment(0xc0, Buffer.from([8, 0, 30, 0, 40, 1, 1, 0x11, 0]));
  const scan = segment(0xda, Buffer.alloc(60));
  return Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe0, latin1('JFIF\0', 14)), ...before, frame, scan]);
}

interface Tag {
  tag: number;
  type: number;
  value: number;
}

/** A TIFF whose directory lies behind so many bytes, little-endian if `II`. */
function tiff(order: 'II' | 'MM', pixels: number, tags: Tag[]): Buffer {
  const big = order === 'MM';
  const bytes = Buffer.alloc(8 + pixels + 2 + tags.length * 12 + 4, 0x2a);
  const write16 = (value: number, at: number) =>
    big ? bytes.writeUInt16BE(value, at) : bytes.writeUInt16LE(value, at);
  const write32 = (value: number, at: number) =>
    big ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at);
  bytes.write(order, 0, 'latin1');
  write16(42, 2);
  write32(8 + pixels, 4);
  write16(tags.length, 8 + pixels);
  for (const [index, { tag, type, value }] of tags.entries()) {
    const at = 8 + pixels + 2 + index * 12;
    write16(tag, at);
    write16(type, at + 2);
    write32(1, at + 4);
    if (type === 3) write16(value, at + 8);
    else write32(value, at + 8);
  }
  return bytes;
}

const SIZE: Tag[] = [
  { tag: 254, type: 4, value: 0 },
  { tag: 256, type: 3, value: 40 },
  { tag: 257, type: 4, value: 30 },
];

function webp(kind: string, header: number[]): Buffer {
  return Buffer.concat([
    latin1('RIFF\x30\0\0\0WEBP'),
    latin1(kind),
    Buffer.from([20, 0, 0, 0, ...header]),
    Buffer.alloc(20),
  ]);
}

function bmp(width: number, height: number): Buffer {
  const header = latin1('BM', 58);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  return header;
}

test.each<[string, Buffer, string]>([
  ['a PNG', plainPng(40, 30), 'png 40x30'],
  ['a JPEG', jpeg(), 'jpeg 40x30'],
  [
    'a JPEG behind a long history',
    jpeg(...Array.from({ length: 7 }, () => segment(0xe2, Buffer.alloc(60 * KIBIBYTE, 1)))),
    'jpeg 40x30',
  ],
  ['a JPEG without a frame', Buffer.concat([jpeg().subarray(0, 20), Buffer.alloc(80)]), 'image_malformed'],
  ['a GIF', latin1('GIF89a\x28\0\x1e\0', 40), 'gif 40x30'],
  ['a GIF without extent', latin1('GIF89a\0\0\x1e\0', 40), 'image_malformed'],
  ['a WebP with losses', webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 40, 0, 30, 0]), 'webp 40x30'],
  ['a WebP without losses', webp('VP8L', [0x2f, 39, 0x40, 7, 0]), 'webp 40x30'],
  ['an extended WebP', webp('VP8X', [0, 0, 0, 0, 39, 0, 0, 29, 0, 0]), 'webp 40x30'],
  ['an unknown WebP', webp('VP9 ', []), 'image_malformed'],
  ['a BMP', bmp(40, 30), 'bmp 40x30'],
  ['a BMP from the top down', bmp(40, -30), 'bmp 40x30'],
  [
    'a text that begins like a BMP',
    latin1('BMW builds cars, and images of these are no images of cats.'),
    'image_malformed',
  ],
  ['a TIFF', tiff('II', 0, SIZE), 'tiff 40x30'],
  ['a TIFF of the other order', tiff('MM', 0, SIZE), 'tiff 40x30'],
  ['a TIFF with its directory at its end', tiff('II', 900 * KIBIBYTE, SIZE), 'tiff 40x30'],
  ['a TIFF that lacks its height', tiff('MM', 900, SIZE.slice(0, 2)), 'image_malformed'],
  ['a TIFF that is cut short', tiff('II', 900 * KIBIBYTE, SIZE).subarray(0, 900 * KIBIBYTE), 'image_malformed'],
  ['a TIFF that goes on as no one knows', latin1('II\x2a\0\x04\0\0\0', 100), 'image_malformed'],
])('%s', async (_, content, expected) => {
  expect(await judged(content)).toBe(expected);
  expect(await judged(content, 64 * KIBIBYTE)).toBe(expected);
});

test('comes in single bytes', async () => {
  expect(await judged(tiff('MM', 20, SIZE), 1)).toBe('tiff 40x30');
  expect(await judged(plainPng(40, 30), 1)).toBe('png 40x30');
});
