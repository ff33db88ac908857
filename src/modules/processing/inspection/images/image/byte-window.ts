/** Keeps a stretch of a stream: `length` bytes from `start`, fewer where the stream ends before. */
export class ByteWindow {
  readonly #chunks: Buffer[] = [];
  #kept = 0;

  constructor(
    private readonly start: number,
    private readonly length: number,
  ) {}

  /** `chunk` begins at `position` of the stream; chunks come in order. */
  add(chunk: Buffer, position: number): void {
    const from = Math.max(this.start - position, 0);
    const part = chunk.subarray(from, from + this.length - this.#kept);
    if (part.length === 0) return;
    this.#chunks.push(part);
    this.#kept += part.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
