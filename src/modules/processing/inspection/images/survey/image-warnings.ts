import type { ClassShare, ProfileWarning } from '../../../../datasets/profile/profile-type.js';
import { type ImageStatistics, TINY } from './image-statistics.js';

/** Below: the rare class is seen so seldom that never to tell it costs a model nothing. */
const LEAST_BALANCE = 0.05;

/** What does not keep images from being trained on, but may be worth knowing. `classes`: the most frequent first. */
export function imageWarnings(statistics: ImageStatistics, classes: ClassShare[], column: string): ProfileWarning[] {
  return [imbalance(classes, column), repeats(statistics), dimensions(statistics), tiny(statistics)].flat();
}

function imbalance(classes: ClassShare[], column: string): ProfileWarning[] {
  const [most, least] = [classes.at(0), classes.at(-1)];
  if (!most || !least || least.share / most.share >= LEAST_BALANCE) return [];
  const detail = `There are ${least.count} images of the rarest class and ${most.count} of the most frequent.`;
  return [{ code: 'class_imbalance', detail, column }];
}

function repeats({ repeated, isRepeatedLeast }: ImageStatistics): ProfileWarning[] {
  if (repeated === 0) return [];
  const detail = `Images that repeat another byte by byte: ${isRepeatedLeast ? 'at least ' : ''}${repeated}.`;
  return [{ code: 'duplicate_images', detail }];
}

function dimensions({ profile: { width, height } }: ImageStatistics): ProfileWarning[] {
  if (width.min === width.max && height.min === height.max) return [];
  const detail = `The images differ in size: ${width.min} to ${width.max} wide, ${height.min} to ${height.max} high.`;
  return [{ code: 'mixed_dimensions', detail }];
}

function tiny({ tiny: count }: ImageStatistics): ProfileWarning[] {
  if (count === 0) return [];
  return [{ code: 'tiny_images', detail: `Images narrower or lower than ${TINY} pixels: ${count}.` }];
}
