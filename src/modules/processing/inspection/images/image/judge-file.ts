import type { Glimpse } from './glimpse.js';
import { dimensionsOf } from './image-dimensions.js';
import { formatOf, type ImageFormat } from './image-format.js';
import { isArchive, isNamedLikeAnImage } from './not-an-image.js';

/** An image as far as its header tells. */
export interface Image {
  format: ImageFormat;
  /** Pixels. */
  width: number;
  height: number;
  bytes: number;
  /** SHA-256 of the file. */
  digest: string;
}

export type ImageProblemCode = 'not_an_image' | 'image_malformed' | 'image_too_large';

export type Judgement = { image: Image } | { image?: undefined; code: ImageProblemCode; detail: string };

/** Whether a file is an image that can be trained on, by its content; the name only tells what it was meant to be. */
export function judgeFile(name: string, seen: Glimpse, maxPixels: number): Judgement {
  const found = formatOf(seen.head);
  if (!found) return nothing(name, seen);
  const { format, tooShort } = found;
  if (tooShort) return { code: 'image_malformed', detail: `The file ends within the header of a ${format}.` };
  const dimensions = dimensionsOf(format, seen);
  if (!dimensions) return { code: 'image_malformed', detail: `The header of the ${format} gives no dimensions.` };
  const { width, height } = dimensions;
  if (width * height > maxPixels) {
    const detail = `The image has ${width} x ${height} pixels; at most ${maxPixels} are allowed.`;
    return { code: 'image_too_large', detail };
  }
  return { image: { format, width, height, bytes: seen.bytes, digest: seen.digest } };
}

function nothing(name: string, { head }: Glimpse): Judgement {
  if (isArchive(head)) return { code: 'not_an_image', detail: 'The file is an archive itself.' };
  if (!isNamedLikeAnImage(name)) {
    return { code: 'not_an_image', detail: 'The file is no jpeg, png, gif, webp, bmp or tiff.' };
  }
  const detail = head.length === 0 ? 'The file is empty.' : 'The content is no jpeg, png, gif, webp, bmp or tiff.';
  return { code: 'image_malformed', detail };
}
