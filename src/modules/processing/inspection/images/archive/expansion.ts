import { ArchiveFault } from './archive-fault.js';

/** What one may expand to before its ratio counts: small files of one colour are no bombs. */
export const HARMLESS_BYTES = 10 * 2 ** 20;
/** Deflate reaches 1,032 on zeros; images, compressed or not, stay far below. */
export const MOST_RATIO = 200;

/** Counts what an archive unpacks to. All methods throw `archive_bomb` when it is too much. */
export class Expansion {
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** `bytes` more were unpacked. */
  add(bytes: number, path?: string): void {
    this.announce(bytes, path);
    this.#bytes += bytes;
  }

  /** `bytes` more are to come, as a header says. */
  announce(bytes: number, path?: string): void {
    if (this.#bytes + bytes > this.maxBytes) {
      throw new ArchiveFault('archive_bomb', `The archive unpacks to more than ${this.maxBytes} bytes.`, path);
    }
  }
}

/** Throws `archive_bomb` when that much came, or is to come, of so few bytes. */
export function assertRatio(expanded: number, packed: number, path?: string): void {
  if (expanded > HARMLESS_BYTES && expanded > MOST_RATIO * packed) {
    throw new ArchiveFault('archive_bomb', `A file unpacks to more than ${MOST_RATIO} times its size.`, path);
  }
}
