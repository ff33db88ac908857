import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** What a file was when it was stored. */
export interface Whole {
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
}

/**
 * A stream of `source` that ends only if it is `whole`: the last piece is held back until the hash is known, so that
 * nobody takes a changed file for a whole one, and never more than its size comes, for what lies beyond the announced
 * length is read as another answer. Rejects (a file of one piece), or fails in the stream, with what `refusal` makes.
 * The source is destroyed with the stream.
 */
export async function wholeFile(source: Readable, whole: Whole, refusal: () => Promise<Error>): Promise<Readable> {
  const pieces = heldBack(source, whole, refusal);
  const first = await pieces.next();
  const stream = Readable.from(followed(first, pieces), { objectMode: false });
  // One that is given up before it is read never gets to its pieces.
  return stream.once('close', () => source.destroy());
}

async function* heldBack(source: Readable, whole: Whole, refusal: () => Promise<Error>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  let held: Buffer | undefined;
  for await (const piece of source as AsyncIterable<Buffer>) {
    size += piece.byteLength;
    // Before the piece held back is let go: it may be the one that reaches the size.
    if (size > whole.size) throw await refusal();
    if (held) yield held;
    hash.update(piece);
    held = piece;
  }
  if (size !== whole.size || hash.digest('hex') !== whole.sha256) throw await refusal();
  if (held) yield held;
}

/** The pieces from the first one on. */
async function* followed(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
