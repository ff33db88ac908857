import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { type Room, UploadStalledError } from './upload.errors.js';

/** Passes bytes on while they keep coming and stay within a limit; errs as the room says, or with UploadStalledError. */
export class Metered extends Transform {
  private readonly hash = createHash('sha256');
  private readonly idle: NodeJS.Timeout;
  private seen = 0;

  constructor(
    private readonly room: Room,
    idleMs: number,
    /** Bytes that may come beside the file: a form's. */
    private readonly beside = 0,
  ) {
    super();
    this.idle = setTimeout(() => {
      // Whoever stores it is slow, not whoever sends it.
      if (this.readableLength > 0) this.idle.refresh();
      else this.destroy(new UploadStalledError(idleMs));
    }, idleMs);
  }

  /** Of what has passed, hexadecimal. Ends the count. */
  sha256(): string {
    return this.hash.digest('hex');
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.idle.refresh();
    this.seen += chunk.byteLength;
    try {
      this.takeRoom(chunk.byteLength);
    } catch (error) {
      return done(error as Error);
    }
    this.hash.update(chunk);
    done(null, chunk);
  }

  private takeRoom(bytes: number): void {
    const { room, beside, seen } = this;
    if (seen > room.bytes + beside) throw room.exceeded();
    room.take?.(bytes, beside);
  }

  override _flush(done: TransformCallback): void {
    clearTimeout(this.idle);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.idle);
    done(error);
  }
}
