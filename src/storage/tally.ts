import { createHash } from 'node:crypto';
import { addAbortSignal, pipeline, Readable, Transform, type TransformCallback } from 'node:stream';

/** Passes bytes on, hashing and counting them. */
export class Tally extends Transform {
  private readonly hash = createHash('sha256');
  /** Not `size`: the AWS SDK takes a body's for its length. */
  private passed = 0;

  override _transform(bytes: Uint8Array, _encoding: string, done: TransformCallback): void {
    this.hash.update(bytes);
    this.passed += bytes.byteLength;
    done(null, bytes);
  }

  /** Once, when all bytes have passed. */
  result(): { size: number; sha256: string } {
    return { size: this.passed, sha256: this.hash.digest('hex') };
  }
}

/**
 * The bytes of `source`, tallied. Joined to it at once: a source may fail before anybody reads, and an error that nobody
 * listens for ends the process. Destroying the tally destroys the source.
 */
export function tallied(source: Readable | Uint8Array, signal?: AbortSignal): Tally {
  const tally = new Tally();
  const ignore = () => {};
  tally.on('error', ignore);
  if (signal) addAbortSignal(signal, tally);
  pipeline(source instanceof Readable ? source : Readable.from([source]), tally, ignore);
  return tally;
}
