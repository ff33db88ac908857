import { Readable } from 'node:stream';
import contentDisposition from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ByteRange } from '../../storage/object-store.js';
import { byteRange } from './byte-range.js';
import { RangeNotSatisfiableError } from './download.errors.js';

/** Bytes that never change, under a name for whoever saves them. */
export interface ServedObject {
  size: number;
  sha256: string;
  name: string;
  mediaType: string;
  open(range?: ByteRange): Promise<Readable>;
}

/** Sends an object, or the part of it that was asked for; its sha256 is its entity tag. Throws RangeNotSatisfiableError. */
export async function serveObject(request: FastifyRequest, reply: FastifyReply, object: ServedObject): Promise<void> {
  const { headers } = request;
  const tag = `"${object.sha256}"`;
  if (names(headers['if-none-match'], tag)) return void reply.status(304).header('etag', tag).send();
  const isFresh = headers['if-range'] === undefined || headers['if-range'] === tag;
  const range = isFresh ? byteRange(headers.range, object.size) : null;
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${object.size}`);
    throw new RangeNotSatisfiableError(object.size);
  }
  // First: nothing is said of a file that turns out not to be there.
  const stream = await object.open(range ?? undefined);
  void reply.headers({
    etag: tag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': contentDisposition(object.name),
    'content-length': range ? range.end - range.start + 1 : object.size,
    'content-type': object.mediaType,
    'repr-digest': `sha-256=:${Buffer.from(object.sha256, 'hex').toString('base64')}:`,
  });
  if (range) void reply.header('content-range', `bytes ${range.start}-${range.end}/${object.size}`);
  await reply.status(range ? 206 : 200).send(request.method === 'HEAD' ? nothingOf(stream) : stream);
}

/** What HEAD is answered with: Fastify would read all of the stream that it does not send. */
function nothingOf(stream: Readable): Readable {
  stream.on('error', () => {}).destroy();
  return Readable.from([]);
}

function names(list: string | undefined, tag: string): boolean {
  return list !== undefined && list.split(',').some((entry) => ['*', tag, `W/${tag}`].includes(entry.trim()));
}
