import { PassThrough, pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, createDeflateRaw, createGzip } from 'node:zlib';

const MEBIBYTE = Buffer.alloc(2 ** 20);

/** So many mebibytes of zeros, deflated without ever being there: a thousandth of that. */
export async function deflatedZeros(mebibytes: number): Promise<{ bytes: Buffer; length: number; crc: number }> {
  let crc = 0;
  for (let index = 0; index < mebibytes; index++) crc = crc32(MEBIBYTE, crc);
  const deflated = pipeline(Readable.from(zeros(mebibytes)), createDeflateRaw({ level: 9 }), () => {});
  return { bytes: await buffer(deflated), length: mebibytes * MEBIBYTE.length, crc };
}

/** `start`, then so many mebibytes of zeros. */
export function gzipOfZeros(start: Buffer, mebibytes: number): Promise<Buffer> {
  return buffer(
    pipeline(Readable.from(zeros(mebibytes, start)), createGzip({ level: 9 }), new PassThrough(), () => {}),
  );
}

function* zeros(mebibytes: number, start: Buffer = Buffer.alloc(0)): Generator<Buffer> {
  if (start.length > 0) yield start;
  for (let index = 0; index < mebibytes; index++) yield MEBIBYTE;
}
