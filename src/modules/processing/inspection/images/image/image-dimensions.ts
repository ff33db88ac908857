import { imageSize } from 'image-size';

import type { Dimensions } from './dimensions.js';
import type { Glimpse } from './glimpse.js';
import type { ImageFormat } from './image-format.js';
import { tiffDimensions } from './tiff-directory.js';

/** What the header of an image says; null: it cannot be read, or there is nothing to see. */
export function dimensionsOf(format: ImageFormat, { head, directory }: Glimpse): Dimensions | null {
  try {
    // image-size looks for a TIFF's directory in the head alone.
    const { width, height } = format === 'tiff' ? tiffDimensions(head, directory) : imageSize(head);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    return null;
  }
}
