import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/**
 * A stream of `source` that ends only if its SHA-256 is `sha256` (hexadecimal): the last piece is held back until the
 * hash is known, so that nobody takes a changed file for a whole one. Rejects (a file of one piece), or fails in the
 * stream, with what `refusal` makes. The source is destroyed with the stream.
 */
export async function wholeFile(source: Readable, sha256: string, refusal: () => Promise<Error>): Promise<Readable> {
  const pieces = heldBack(source, sha256, refusal);
  const first = await pieces.next();
  const stream = Readable.from(followed(first, pieces), { objectMode: false });
  // One that is given up before it is read never gets to its pieces.
  return stream.once('close', () => source.destroy());
}

async function* heldBack(source: Readable, sha256: string, refusal: () => Promise<Error>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  for await (const piece of source as AsyncIterable<Buffer>) {
    if (held) yield held;
    hash.update(piece);
    held = piece;
  }
  if (hash.digest('hex') !== sha256) throw await refusal();
  if (held) yield held;
}

/** The pieces from the first one on. */
async function* followed(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
