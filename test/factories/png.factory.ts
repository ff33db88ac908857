import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const GREYSCALE_8 = [8, 0, 0, 0, 0];

/** A PNG in shades of grey; `pixels` row by row from 0, black, to 255, `width` times a height. Source: PNG 3, section 5. */
export function png(width: number, pixels: Uint8Array): Buffer {
  const height = pixels.length / width;
  const rows = Array.from({ length: height }, (_, row) => [0, ...pixels.subarray(row * width, (row + 1) * width)]);
  return Buffer.concat([
    SIGNATURE,
    pngHeader(width, height),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One colour all over; different shades make different files. */
export function plainPng(width: number, height: number, shade = 127): Buffer {
  return png(width, new Uint8Array(width * height).fill(shade));
}

/** Says that it is so large, whatever its pixels. */
export function lyingPng(width: number, height: number): Buffer {
  const honest = plainPng(2, 2);
  pngHeader(width, height).copy(honest, SIGNATURE.length);
  return honest;
}

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return chunk('IHDR', Buffer.from([...header, ...GREYSCALE_8]));
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
