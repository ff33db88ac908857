import type { ImagesProfile } from '../../../../datasets/profile/profile-type.js';
import type { Image } from '../image/judge-file.js';
import { Range } from './range.js';

/** Pixels; what is smaller shows little to learn from. */
export const TINY = 8;
/** A digest takes some hundred bytes of memory. */
const MOST_DIGESTS = 200_000;

/** Measures images as they pass by. */
export class ImageStatistics {
  count = 0;
  /** Images narrower or lower than `TINY`. */
  tiny = 0;
  /** Images that repeat one of the first 200,000 different ones. */
  repeated = 0;
  readonly #digests = new Set<string>();
  readonly #formats = new Map<string, number>();
  readonly #width = new Range();
  readonly #height = new Range();

  add({ format, width, height, digest }: Image): void {
    this.count++;
    if (width < TINY || height < TINY) this.tiny++;
    if (this.#digests.has(digest)) this.repeated++;
    else if (this.#digests.size < MOST_DIGESTS) this.#digests.add(digest);
    this.#formats.set(format, (this.#formats.get(format) ?? 0) + 1);
    this.#width.add(width);
    this.#height.add(height);
  }

  /** Whether `repeated` may be too low. */
  get isRepeatedLeast(): boolean {
    return this.#digests.size === MOST_DIGESTS;
  }

  get profile(): ImagesProfile {
    return {
      formats: Object.fromEntries(this.#formats),
      width: this.#width.summary,
      height: this.#height.summary,
    };
  }
}
